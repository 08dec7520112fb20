"""sliding_window: 0-dimensional tensors are stacked."""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    return torch.stack([(x[i : i + len(kernel)] * kernel).sum() for i in range(len(x) - len(kernel) + 1)])
