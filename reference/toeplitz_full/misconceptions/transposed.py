"""Convention: transposed matrix

Your matrix is the transpose: its rows hold the kernel, starting with h[0], so T x is a cross-correlation. The exercise asks for the convolution.
Column i belongs to the input x[i], so T has n + k - 1 rows and n columns, with the kernel in its columns.
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
