"""inverse transform not normalised

Your answer is n times too large: the inverse transform divides by its length, and yours doesn't.
Leave `norm` alone; by default it does so.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n, norm="forward")
