"""flipped taps

You reverse h before you transform it, as you would for a sliding window.
The product of the spectra is already the true convolution: leave h as it is.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h.flip(0), n), n)
