"""input changed in place

Your function writes its products into one of the input columns.
The caller still uses that tensor: write into a new one.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    weights = d.clone()
    y = torch.stack([c.roll(m) * weights[m] for m in range(len(c))]).sum(dim=0)
    with torch.no_grad():
        d.mul_(2).add_(1)
    return y
