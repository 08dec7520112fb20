"""signs dropped

Your entries are absolute values.
Every entry of a circulant is an entry of c, with its sign.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.abs().roll(j) for j in range(len(c))], dim=1).to(c.dtype)
