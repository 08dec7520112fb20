"""Public replacements for the structure oracles: names that the statements already use."""

from __future__ import annotations

METHODS = ("direct", "toeplitz", "fft")
