"""first row only reversed

Your first row is c reversed, so it begins with the last entry, and every diagonal is off by one.
Row 0 does run backwards, but it must start at c[0]: c[0], c[n - 1], ..., c[1].
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    row = c.flip(0)
    return torch.stack([row.roll(i) for i in range(len(c))])
