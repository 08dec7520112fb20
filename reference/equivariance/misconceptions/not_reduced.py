"""right only for 0 < s < n

You cut the signal at -s, which is right only while s is positive and less than n. For 0, negative or large s, the slices are wrong.
Reduce first: s = s % n lies between 0 and n - 1 in Python, also for a negative s.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return torch.cat((x[-s:], x[:-s]))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
