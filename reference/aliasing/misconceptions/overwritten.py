"""only the last turn kept

With repeated indices, `out[places] += y` adds only once at each index: the last entry for that index wins.
Add turn by turn, or use index_add, which adds all the entries.
"""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    out = y.new_zeros(n)
    out[torch.arange(len(y), device=y.device) % n] += y
    return out


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
