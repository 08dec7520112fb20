"""One indexed sum adds every entry at its position on the circle."""

import torch


def alias(y, n):
    if n <= 0:
        raise ValueError(f"no circle has {n} places")
    if y.ndim != 1 or y.numel() == 0:
        raise ValueError(f"expected a signal, found shape {tuple(y.shape)}")
    places = torch.arange(len(y), device=y.device) % n
    return y.new_zeros(n).index_add(0, places, y)


def minimum_fft_length(n, k):
    if min(n, k) < 1:
        raise ValueError("neither may be empty")
    return n - 1 + k
