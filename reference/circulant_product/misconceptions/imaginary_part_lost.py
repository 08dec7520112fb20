"""imaginary part lost

You keep only the real part of the inverse transform, even if the columns are complex.
The result is real if both columns are real; otherwise keep it complex.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(d)).real
