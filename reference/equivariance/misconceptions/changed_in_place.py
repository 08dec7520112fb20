"""signal changed in place

You write the moved samples into the input signal, which also changes the caller's signal.
Write into a new tensor, or let torch.roll, torch.cat or indexing make one.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    moved = x.roll(s % len(x)).detach()
    with torch.no_grad():
        x.copy_(moved)
    return x.clone()


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
