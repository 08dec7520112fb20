"""aliasing: index_add_, with indices computed on the device."""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError
    places = torch.arange(len(y), device=y.device) % n
    return y.new_zeros(n).index_add_(0, places, y)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError
    return n + k - 1
