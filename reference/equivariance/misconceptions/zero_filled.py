"""zeros shifted in

In your shift, samples that leave at one end are lost, and zeros come in at the other end.
This shift is cyclic: samples that leave at the end come back at the front.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    n = len(x)
    moved = torch.zeros_like(x)
    if 0 <= s < n:
        moved[s:] = x[: n - s]
    elif -n < s < 0:
        moved[:s] = x[-s:]
    return moved


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
