"""input changed in place

Your function changes its input signal: it scales the signal and doesn't scale it back.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    signal = torch.cat((x, x.new_zeros(len(h) - 1)))
    y = torch.fft.irfft(torch.fft.rfft(signal) * torch.fft.rfft(h, m), m)
    with torch.no_grad():
        x /= x.abs().max() + 1
    return y
