"""axes lost at length 1

For a c of length 1, your result isn't a matrix: squeeze() removes every axis of length 1, even those that you need.
The result must have the shape (1, 1): tell squeeze which axis to remove, or don't use it.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    columns = [c.roll(j)[:, None, None] for j in range(len(c))]
    return torch.cat(columns, dim=1).squeeze()
