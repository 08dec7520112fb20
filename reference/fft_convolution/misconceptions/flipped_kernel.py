"""flipped kernel

You reverse the kernel before you transform it, and so compute the cross-correlation.
The product of the spectra already is the true convolution, which does the reversing: leave the kernel as it is.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h.flip(0), m), m)
