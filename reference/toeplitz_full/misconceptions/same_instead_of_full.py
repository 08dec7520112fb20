"""Convention: mode same

Your matrix uses mode same: it keeps only the middle n rows, so the output is as long as the signal. The exercise asks for mode full.
Mode full covers every overlap, from h[0] x[0] to h[k - 1] x[n - 1], so T has n + k - 1 rows.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    start = (k - 1) // 2
    return matrix[start : start + n]
