"""Multiplies by each shift's permutation matrix, from both sides."""

import torch


def shift(x, s):
    if x.ndim != 1 or len(x) < 1:
        raise ValueError("expected a signal")
    s = s % len(x)
    return torch.cat((x[len(x) - s :], x[: len(x) - s]))


def is_translation_equivariant(matrix):
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) < 1:
        raise ValueError("expected a square matrix")
    n = len(matrix)
    identity = torch.eye(n, dtype=matrix.dtype, device=matrix.device)
    for s in range(n):
        permutation = torch.stack([shift(row, s) for row in identity], dim=1)
        commutator = matrix @ permutation - permutation @ matrix
        if commutator.abs().max() > 2e-5 * matrix.abs().max():
            return False
    return True
