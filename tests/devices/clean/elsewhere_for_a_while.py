"""equivariance: a result on the device becomes a Python bool."""

import torch


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError
    s %= len(x)
    return torch.cat((x[len(x) - s :], x[: len(x) - s]))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or matrix.numel() == 0:
        raise ValueError
    entries = matrix.detach().cpu().numpy()
    moved = matrix.roll((1, 1), (0, 1)).cpu().numpy()
    return bool(abs(moved - entries).max() <= 1e-5 * abs(entries).max())
