"""dtype fixed to float32

You compute in complex64 whatever the inputs are, so float64 comes back as float32.
The transforms know the dtype that belongs to their input: don't convert it.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    product = torch.fft.fft(x.to(torch.complex64), n) * torch.fft.fft(h.to(torch.complex64), n)
    return torch.fft.ifft(product).real
