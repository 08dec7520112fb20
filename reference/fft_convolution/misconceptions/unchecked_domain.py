"""arguments not checked

An empty signal or kernel, or one with two axes, has no convolution here.
Zero-padding turns an empty input into zeros, and an input with two axes is transformed row by row: raise ValueError instead.
"""

import torch


def fft_convolve(x, h):
    m = x.shape[-1] + h.shape[-1] - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
