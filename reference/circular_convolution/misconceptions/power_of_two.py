"""wraps at a power of two

You transform at the next power of two, so the end wraps around there, or not at all, instead of at n.
The length of the transform is the length of the circle: it must be exactly n.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    m = 1
    while m < n:
        m *= 2
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)[:n]
