"""circulant: one shifted copy of the column for each position."""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    return torch.stack([torch.roll(c, i) for i in range(len(c))], 1)
