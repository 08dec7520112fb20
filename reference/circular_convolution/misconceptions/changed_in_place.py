"""input changed in place

Your function changes its input signal: it scales the signal and doesn't scale it back.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    y = torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
    with torch.no_grad():
        x /= x.abs().max() + 1
    return y
