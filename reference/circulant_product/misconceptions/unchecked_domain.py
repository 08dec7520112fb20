"""arguments not checked

Columns of different lengths belong to matrices that can't be multiplied, but your code pads the shorter one with zeros.
Raise ValueError first for such columns, for empty columns, and for tensors that aren't 1-D.
"""

import torch


def multiply_circulants(c, d):
    n = max(c.numel(), d.numel(), 1)
    first, second = ((torch.cat((column.flatten(), column.new_zeros(n))))[:n] for column in (c, d))
    return torch.stack([first.roll(m) * second[m] for m in range(n)]).sum(dim=0)
