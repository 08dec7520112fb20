"""toeplitz_full: the kernel is moved to the CPU, and the result isn't moved back.

Line 13: `h.cpu()` moves the tensor to the CPU; remove it: torch computes on the device of the
input.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError
    h = h.cpu()
    matrix = h.new_zeros(n + len(h) - 1, n)
    for i in range(n):
        matrix[i : i + len(h), i] = h
    return matrix
