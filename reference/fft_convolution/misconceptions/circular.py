"""circular instead of linear

You transform at the signal's length n, so the part beyond the end wraps around and is added to the front.
First pad both inputs with zeros to at least n + k - 1: then nothing wraps.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
