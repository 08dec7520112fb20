"""I try every unit vector and every shift: the matrix is linear, so that is enough."""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("x must be a signal with at least one sample")
    n = len(x)
    order = [(i - s) % n for i in range(n)]
    return x[order]


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError("the matrix must be square")
    n = matrix.shape[0]
    if n == 0:
        raise ValueError("the matrix is empty")

    allowed = 1e-5 * matrix.abs().max()
    identity = torch.eye(n, dtype=matrix.dtype, device=matrix.device)
    for s in range(1, n):
        for e in identity:
            difference = matrix @ shift(e, s) - shift(matrix @ e, s)
            if difference.abs().max() > allowed:
                return False
    return True
