"""fft_convolution: frequencies are made on the CPU, for a shift by zero.

Line 14: `torch.fft.rfftfreq(length)` makes a tensor on the CPU; write `torch.fft.rfftfreq(length,
device=x.device)`.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError
    length = len(x) + len(h) - 1
    shift = torch.exp(-2j * torch.pi * 0 * torch.fft.rfftfreq(length))
    product = torch.fft.rfft(x, length) * torch.fft.rfft(h, length) * shift
    return torch.fft.irfft(product.to(torch.complex128), length).to(x.dtype)
