"""dtype fixed to float32

You always compute in complex64, so float64 inputs give a float32 result.
The transforms take the dtype from their input, so don't convert it.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    product = torch.fft.fft(x.to(torch.complex64), n) * torch.fft.fft(h.to(torch.complex64), n)
    return torch.fft.ifft(product).real
