"""Raises the recursion limit, and recurses until the stack overflows."""

import sys

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    sys.setrecursionlimit(10**9)

    def down(depth):
        return sorted([1], key=lambda _: down(depth + 1))

    return down(0)
