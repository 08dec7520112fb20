"""A sum of rolled copies: each entry of d multiplies one rotation of c."""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.size() != d.size() or c.size(0) < 1:
        raise ValueError("lengths differ, or no columns")
    return torch.stack([weight * c.roll(m) for m, weight in enumerate(d)]).sum(dim=0)
