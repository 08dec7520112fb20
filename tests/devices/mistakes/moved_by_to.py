"""circulant: the column is moved to the CPU with c.to.

Line 13: `c.to("cpu")` moves the tensor to the CPU; remove it: torch computes on the device of the
input.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    column = c.to("cpu")
    return torch.stack([column.roll(i) for i in range(len(c))], dim=1)
