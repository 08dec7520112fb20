"""The oracles of structure: counts, shifts, bands and gradients, one loop nest for each formula, transcribed."""

from __future__ import annotations
