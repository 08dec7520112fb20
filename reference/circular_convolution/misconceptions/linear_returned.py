"""linear instead of circular

Your result has n + k - 1 entries: you padded with so many zeros that nothing wraps around.
A circle has only n entries: transform at length n, so that the end wraps around.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    m = n + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
