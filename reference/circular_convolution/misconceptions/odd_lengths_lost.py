"""odd lengths lost

irfft without a length returns an even number of entries, so an odd n gets one entry too few.
A half spectrum doesn't show whether the length was odd: write irfft(spectrum, n).
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n))
