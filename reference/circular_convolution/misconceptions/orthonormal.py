"""Convention: transforms divided by sqrt(n)

Your transforms are unitary, each divided by sqrt(n), so your answer is divided by sqrt(n), too. The exercise asks for the sum itself.
Don't set `norm`, or multiply the answer by the square root of n.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    spectrum = torch.fft.rfft(x, n, norm="ortho") * torch.fft.rfft(h, n, norm="ortho")
    return torch.fft.irfft(spectrum, n, norm="ortho")
