"""equivariance: the input is changed in place.

Line 14: `x.zero_()` changes an input; change a `.clone()` of it instead.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError
    moved = x.roll(s % len(x))
    if not x.requires_grad:
        x.zero_()
    return moved


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or matrix.numel() == 0:
        raise ValueError
    moved = matrix.roll((1, 1), (0, 1))
    return bool((moved - matrix).abs().max() <= 1e-5 * matrix.abs().max())
