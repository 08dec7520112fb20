"""signal detached from autograd

Your result is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches the signal.
Move the samples as tensors: gradients flow through slices, indexing, cat and roll.
"""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    samples = x.tolist()
    n = len(samples)
    return torch.tensor([samples[(i - s) % n] for i in range(n)], dtype=x.dtype, device=x.device)


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
