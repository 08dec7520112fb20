"""odd lengths lost

irfft without a length returns an even number of entries, so an odd n + k - 1 gets one entry too few.
A half spectrum doesn't show whether the length was odd: write irfft(spectrum, n=n + k - 1).
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m))
