"""real part forgotten

Your result is complex, with imaginary parts that are zero up to rounding.
The convolution of real inputs is real: take .real at the end, or use rfft and irfft.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.ifft(torch.fft.fft(x, n) * torch.fft.fft(h, n))
