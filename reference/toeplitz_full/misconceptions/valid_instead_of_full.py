"""Convention: mode valid

Your matrix uses mode valid: it has only the n - k + 1 rows where the whole kernel lies inside the signal. The exercise asks for mode full.
Mode full also covers the overlaps of only part of the kernel with the signal, so T has n + k - 1 rows.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    rows = max(n - k + 1, 0)
    matrix = torch.zeros(rows, n, dtype=h.dtype, device=h.device)
    for j in range(rows):
        matrix[j, j : j + k] = h.flip(0)
    return matrix
