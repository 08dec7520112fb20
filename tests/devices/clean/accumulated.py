"""sliding_window: sums are accumulated in place in a tensor from zeros_like."""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    y = torch.zeros_like(x[: len(x) - len(kernel) + 1])
    for j, tap in enumerate(kernel):
        y += tap * x[j : j + len(y)]
    return y
