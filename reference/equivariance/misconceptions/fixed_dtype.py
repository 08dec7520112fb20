"""dtype fixed to float32

Your shifted signal is always float32, so a float64 signal loses half of its digits.
Make new tensors with dtype=x.dtype, device=x.device, or take them from x by slicing.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    moved = torch.zeros(len(x), device=x.device)
    for i in range(len(x)):
        moved[i] = x[(i - s) % len(x)]
    return moved


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
