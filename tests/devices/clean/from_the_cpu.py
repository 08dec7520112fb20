"""aliasing: a table made on the CPU is moved to the device before it is used."""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError
    turns = -(-len(y) // n)
    weights = torch.tensor([1.0] * turns).to(y)
    return weights @ torch.cat((y, y.new_zeros(turns * n - len(y)))).reshape(turns, n)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError
    return n + k - 1
