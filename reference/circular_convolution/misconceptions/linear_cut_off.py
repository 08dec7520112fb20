"""linear, cut off at the end

You compute the linear convolution and keep its first n entries, so the part beyond the end is lost.
On a circle it comes back at the front: transform at length n, or add the rest to the first entries.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    m = n + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)[:n]
