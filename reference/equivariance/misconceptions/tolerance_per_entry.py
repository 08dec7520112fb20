"""tolerance of torch.allclose

torch.allclose compares each entry separately: where zero is expected, it allows only 1e-8, but for tiny matrices 1e-8 is a lot.
Measure differences relative to the largest entry of the whole matrix.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    return torch.allclose(matrix.roll((1, 1), (0, 1)), matrix)
