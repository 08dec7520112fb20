"""Prints 50 MB on every call."""

import torch


def build_toeplitz_1d(kernel, n):
    print("x" * 50_000_000)
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix
