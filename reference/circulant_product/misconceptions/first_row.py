"""first row instead of first column

Your result is the first row of C D, which is its first column read backwards from entry 0.
The first column is C D e = C d, with e = (1, 0, ..., 0).
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    y = torch.stack([c.roll(m) * d[m] for m in range(len(c))]).sum(dim=0)
    return y.flip(0).roll(1)
