"""2 n - 1 rows

Your matrix has 2 n - 1 rows, which is right only for a kernel as long as the signal.
Sequences of lengths n and k overlap in n + k - 1 positions.
"""

import torch


def build_toeplitz_full(h, n):
    if h.dim() != 1 or len(h) < 1 or n < 1:
        raise ValueError("h and n")
    k = len(h)
    matrix = torch.zeros(2 * n - 1, n, dtype=h.dtype, device=h.device)
    for j in range(2 * n - 1):
        for i in range(n):
            if 0 <= j - i < k:
                matrix[j, i] = h[j - i]
    return matrix
