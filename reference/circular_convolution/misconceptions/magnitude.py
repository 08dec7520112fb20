"""magnitude instead of the real part

You take absolute values to make the result real, so every minus sign is lost.
The imaginary part is only rounding error: take .real.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.ifft(torch.fft.fft(x, n) * torch.fft.fft(h, n)).abs()
