"""input changed in place

Your function scales the input kernel in place and doesn't scale it back.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(n + k - 1, n, dtype=h.dtype, device=h.device)
    for i in range(n):
        matrix[i : i + k, i] = h
    with torch.no_grad():
        h /= h.abs().sum() + 1
    return matrix
