"""real part forgotten

Your result is complex, with imaginary parts that are zero up to rounding.
The convolution of real inputs is real: take .real at the end, or use rfft and irfft.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.ifft(torch.fft.fft(x, m) * torch.fft.fft(h, m))
