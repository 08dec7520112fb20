"""dtype fixed to float32

torch.zeros(rows, columns) always makes float32, so a float64 kernel loses half of its digits.
Make the matrix with dtype=h.dtype, device=h.device, or with h.new_zeros(...).
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n)
    for i in range(n):
        matrix[i : i + k, i] = h
    return matrix
