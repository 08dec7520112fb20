"""Build the matrix C by indexing, and multiply it by the vector d."""

import torch


def multiply_circulants(c, d):
    if c.shape != d.shape or c.ndim != 1 or c.numel() == 0:
        raise ValueError(f"shapes {tuple(c.shape)} and {tuple(d.shape)}")
    places = torch.arange(len(c), device=c.device)
    return c[(places[:, None] - places) % len(c)] @ d
