"""rounding treated as a difference

You compare with ==, so a computed matrix is almost never equivariant.
Allow for rounding errors relative to the largest entry: difference.abs().max() <= 1e-4 * matrix.abs().max().
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    return torch.equal(matrix.roll((1, 1), (0, 1)), matrix)
