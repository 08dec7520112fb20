"""dtype fixed to float32

You compute in complex64 whatever the inputs are, so float64 comes back as float32.
The transforms know the dtype that belongs to their input: don't convert it.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    product = torch.fft.fft(x.to(torch.complex64), m) * torch.fft.fft(h.to(torch.complex64), m)
    return torch.fft.ifft(product).real
