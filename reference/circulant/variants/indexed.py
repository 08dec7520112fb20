"""Build one matrix of indices, and look all of them up in c at once."""

import torch


def build_circulant(c):
    if c.dim() != 1 or not len(c):
        raise ValueError("the first column must be a non-empty vector")
    places = torch.arange(len(c), device=c.device)
    return c[(places[:, None] - places) % len(c)]
