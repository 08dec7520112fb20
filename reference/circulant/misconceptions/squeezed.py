"""axes lost at length 1

At length 1 your matrix isn't a matrix: squeeze() removes every axis of length 1, also those that you need.
A single number gives the shape (1, 1): name the axis that you want to remove, or don't squeeze.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    columns = [c.roll(j)[:, None, None] for j in range(len(c))]
    return torch.cat(columns, dim=1).squeeze()
