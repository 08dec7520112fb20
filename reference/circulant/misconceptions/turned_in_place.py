"""input changed in place

Your function rolls c itself from column to column, so c is changed.
The caller still uses that tensor: roll a copy (c.roll returns one), and don't change c.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    matrix = torch.stack([c.roll(j) for j in range(len(c))], dim=1)
    with torch.no_grad():
        c.copy_(c.roll(-1) + 1)
    return matrix
