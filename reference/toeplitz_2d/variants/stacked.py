"""Each row is a padded kernel, flattened; the rows are stacked."""

import torch
from torch.nn.functional import pad


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or kernel.numel() < 1:
        raise ValueError("kernel")
    below, beside = height - kernel.shape[0], width - kernel.shape[1]
    if below < 0 or beside < 0:
        raise ValueError("image too small")
    places = [(r, c) for r in range(below + 1) for c in range(beside + 1)]
    return torch.stack([pad(kernel, (c, beside - c, r, below - r)).flatten() for r, c in places])
