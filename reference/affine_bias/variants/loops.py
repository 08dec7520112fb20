"""Fills the matrix entry by entry, row by row."""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or kernel.numel() == 0 or kernel.numel() > n:
        raise ValueError(f"a kernel of shape {tuple(kernel.shape)} doesn't fit a signal of length {n}")
    if bias.dim() != 0:
        raise ValueError(f"a bias of shape {tuple(bias.shape)} isn't a single number")
    m = n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(len(kernel)):
            matrix[i, i + j] = kernel[j]
        matrix[i, n] = bias
    matrix[m, n] = 1
    return matrix
