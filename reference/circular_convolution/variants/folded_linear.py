"""Compute the linear convolution at a large enough power of two, then add its tail to the front."""

import torch


def circular_convolve(x, h):
    if x.ndim != 1 or h.ndim != 1 or len(h) < 1 or len(h) > len(x):
        raise ValueError("h must have between 1 and n taps")
    n, length = len(x), len(x) + len(h) - 1
    size = 1 << length.bit_length()
    y = torch.fft.irfft(torch.fft.rfft(x, size) * torch.fft.rfft(h, size))[:length]
    tail = torch.cat((y[n:], y.new_zeros(n - len(h) + 1)))
    return y[:n] + tail
