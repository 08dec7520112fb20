"""Calls sys.exit."""

import sys


def build_toeplitz_1d(kernel, n):
    sys.exit(0)
