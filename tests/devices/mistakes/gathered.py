"""circulant: gather gets indices on the CPU.

Line 13: `torch.arange(len(c))` makes a tensor on the CPU; write `torch.arange(len(c),
device=c.device)`.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    places = torch.arange(len(c))
    index = (places[:, None] - places) % len(c)
    return c.gather(0, index.flatten()).reshape(index.shape)
