"""padding left in the answer

The length of your transforms is a power of two, and so is the length of your result: it ends in zeros that are only padding.
Cut it to the first n + k - 1 entries.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = 1
    while m < len(x) + len(h) - 1:
        m *= 2
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
