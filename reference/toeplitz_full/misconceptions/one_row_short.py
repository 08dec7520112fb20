"""one row short

Your matrix has n + k - 2 rows, and the last output, h[k - 1] x[n - 1], is missing.
Count the overlaps for n = k = 1: there is one overlap, not zero.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    return matrix[:-1]
