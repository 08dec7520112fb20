"""magnitude instead of the real part

You take absolute values to make the result real, so every minus sign is lost.
For real columns the imaginary part is only rounding error: take .real.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    y = torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d))
    return y if c.is_complex() else y.abs()
