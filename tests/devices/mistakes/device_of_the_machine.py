"""fft_convolution: a tensor is made on the machine's device, not on the input's.

Line 18: `torch.zeros(2, length, dtype=x.dtype, device=DEVICE)` makes a tensor on the machine's
device, not where the input is; write `torch.zeros(2, length, dtype=x.dtype, device=x.device)`, or
`x.new_zeros(2, length)`.
"""

import torch


DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError
    length = len(x) + len(h) - 1
    padded = torch.zeros(2, length, dtype=x.dtype, device=DEVICE)
    padded[0, : len(x)] = x
    padded[1, : len(h)] = h
    first, second = torch.fft.rfft(padded)
    return torch.fft.irfft(first * second, length)
