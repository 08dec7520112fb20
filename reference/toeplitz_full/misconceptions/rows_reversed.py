"""columns move up instead of down

Your columns move up from left to right, so the antidiagonals are constant: that is a Hankel matrix.
Each later entry of the signal starts its echo one row lower: column i begins at row i.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[n - 1 - i : n - 1 - i + k, i] = h
    return matrix
