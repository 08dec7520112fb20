"""magnitude instead of the real part

You take absolute values to make the result real, so every minus sign is lost.
The imaginary part is only rounding error: take .real.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.ifft(torch.fft.fft(x, m) * torch.fft.fft(h, m)).abs()
