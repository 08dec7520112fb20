"""taps repeated instead of padded

You repeat h until it is as long as x, so each tap is used at several shifts.
h has only k taps: fill the rest with zeros, up to length n.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    repeated = h.repeat(-(-n // len(h)))[:n]
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(repeated, n), n)
