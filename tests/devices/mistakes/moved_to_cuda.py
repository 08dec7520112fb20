"""toeplitz_full: a tensor is moved to a GPU, even if there is none.

Line 13: `h.new_zeros(n + len(h) - 1, n).cuda()` moves the tensor to CUDA; remove it: torch computes
on the device of the input.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError
    matrix = h.new_zeros(n + len(h) - 1, n).cuda()
    for i in range(n):
        matrix[i : i + len(h), i] = h
    return matrix
