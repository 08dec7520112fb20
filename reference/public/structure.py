"""Public replacements for the oracles of structure: names that the statement already gives."""

from __future__ import annotations

METHODS = ("direct", "toeplitz", "fft")
