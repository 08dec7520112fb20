"""signal lengthened

You put zeros before the signal, so it gets longer.
A cyclic shift keeps the number of samples: samples that leave at the end come back at the front.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return torch.cat((x.new_zeros(max(s, 0)), x, x.new_zeros(max(-s, 0))))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
