"""Each output is the sum of a slice of y: every n-th entry, starting at the output's index."""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0:
        raise ValueError("y must be a vector with at least one entry")
    if n < 1:
        raise ValueError("n must be at least 1")
    return torch.stack([y[i::n].sum() for i in range(n)])


def minimum_fft_length(n, k):
    if not (n >= 1 and k >= 1):
        raise ValueError("n and k must be at least 1")
    return sum((n, k, -1))
