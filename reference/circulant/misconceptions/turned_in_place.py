"""input changed in place

Your function turns c itself from column to column and doesn't leave it as it was.
Whoever called you still holds that tensor: turn a copy (c.roll returns one), and leave c alone.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    matrix = torch.stack([c.roll(j) for j in range(len(c))], dim=1)
    with torch.no_grad():
        c.copy_(c.roll(-1) + 1)
    return matrix
