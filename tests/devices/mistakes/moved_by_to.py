"""circulant: the column is moved to the CPU by its name.

Line 13: `c.to("cpu")` moves it to the CPU, wherever it was; leave it out: torch computes where the
input is.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    column = c.to("cpu")
    return torch.stack([column.roll(i) for i in range(len(c))], dim=1)
