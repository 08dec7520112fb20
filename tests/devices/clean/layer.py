"""sliding_window: conv1d, a function without weights of its own."""

import torch
import torch.nn.functional as F


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    return F.conv1d(x[None, None], kernel[None, None]).flatten()
