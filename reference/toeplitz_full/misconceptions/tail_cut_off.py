"""tail cut off

Your matrix is square: its rows stop at the end of the signal, so the echoes after the end are lost.
The last entry of the signal starts its echo at row n - 1, and the echo has k entries, so T has n + k - 1 rows.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    return matrix[:n]
