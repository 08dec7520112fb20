"""dtype fixed to float32

You always compute in complex64, so float64 inputs give a float32 result.
The transforms take the dtype from their input, so don't convert it.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    product = torch.fft.fft(x.to(torch.complex64), m) * torch.fft.fft(h.to(torch.complex64), m)
    return torch.fft.ifft(product).real
