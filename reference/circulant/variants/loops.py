"""Two loops over rows and columns."""

import torch


def build_circulant(c):
    if c.ndim != 1 or c.numel() < 1:
        raise ValueError(f"a first column of shape {tuple(c.shape)}")
    n = len(c)
    matrix = torch.zeros(n, n, dtype=c.dtype, device=c.device)
    for i in range(n):
        for j in range(n):
            matrix[i, j] = c[(i - j) % n]
    return matrix
