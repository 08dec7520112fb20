"""tried on one signal only

You test the law with a single constant signal, so you only compare the row sums.
Equality for all x is equality of matrices: T P = P T.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    x = torch.ones(len(matrix), dtype=matrix.dtype, device=matrix.device)
    deviation = (matrix @ x.roll(1) - (matrix @ x).roll(1)).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
