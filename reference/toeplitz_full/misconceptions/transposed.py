"""transposed matrix

Your matrix is the transpose of the one asked for: it holds the kernel in its rows, from h[0] on, and is a cross-correlation.
Column i belongs to the input x[i], so T has n + k - 1 rows and n columns, and the kernel stands upright.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n, n + k - 1, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i, i : i + k] = h
    return matrix
