"""The circle is as long as the transform, so I transform at the length of x."""

import torch
from torch import Tensor


def circular_convolve(x: Tensor, h: Tensor) -> Tensor:
    """Transform, multiply, transform back."""
    if x.dim() != 1 or h.dim() != 1:
        raise ValueError("x and h need one axis each")
    n = len(x)
    k = len(h)
    if k == 0 or k > n:
        raise ValueError("h needs at least one tap, and at most as many as x has samples")

    padded = torch.zeros_like(x)
    padded[:k] = h
    spectrum = torch.fft.fft(x) * torch.fft.fft(padded)
    # the imaginary part is only rounding
    return torch.fft.ifft(spectrum).real
