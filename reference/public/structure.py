"""What learners may have in the place of the oracles of structure: names that the statement says anyway."""

from __future__ import annotations

METHODS = ("direct", "toeplitz", "fft")
