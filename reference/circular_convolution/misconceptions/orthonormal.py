"""Convention: transforms divided by sqrt(n)

Your transforms are unitary, each divided by sqrt(n), so your result is also divided by sqrt(n). The exercise asks for the sum itself.
Don't set `norm`, or multiply the result by the square root of n.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    spectrum = torch.fft.rfft(x, n, norm="ortho") * torch.fft.rfft(h, n, norm="ortho")
    return torch.fft.irfft(spectrum, n, norm="ortho")
