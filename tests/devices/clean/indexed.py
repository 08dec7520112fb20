"""circulant: indices on the CPU, which also work for a tensor on a GPU."""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    places = torch.arange(len(c))
    return c[(places[:, None] - places) % len(c)]
