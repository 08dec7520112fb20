"""Warns, logs and prints to standard error on every call."""

import logging
import sys
import warnings

logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger(__name__)


def build_toeplitz_1d(kernel, n):
    warnings.warn("this is how I learn", DeprecationWarning, stacklevel=2)
    log.info("kernel of %d taps, n = %d", kernel.numel(), n)
    print("still learning", file=sys.stderr)
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix
