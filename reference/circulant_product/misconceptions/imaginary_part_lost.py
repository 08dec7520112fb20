"""imaginary part lost

You keep only the real part of the inverse transform, also where the columns are complex.
The answer is real when both columns are; otherwise leave it complex.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d)).real
