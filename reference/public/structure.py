"""Public replacements for the oracles of structure: names that are already in the statement."""

from __future__ import annotations

METHODS = ("direct", "toeplitz", "fft")
