"""fft_convolution: complex transforms."""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError
    length = len(x) + len(h) - 1
    size = 1 << (length - 1).bit_length()
    return torch.fft.ifft(torch.fft.fft(x, size) * torch.fft.fft(h, size)).real[:length]
