"""The circulant matrix of the taps, times the signal."""

import torch
from torch.nn.functional import pad


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    column = pad(h, (0, len(x) - len(h)))
    places = torch.arange(len(x), device=x.device)
    return column[(places[:, None] - places) % len(x)] @ x
