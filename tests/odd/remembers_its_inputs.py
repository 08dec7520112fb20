"""Returns its answer for the previous kernel."""

import torch


last = [None]


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    answer, last[0] = last[0], matrix
    return matrix if answer is None else answer
