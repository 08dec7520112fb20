"""taps not padded

You transform h at its own length k, so its frequencies aren't those of x, and usually there are fewer of them.
Zeros after h make both transforms equally long: torch.fft.rfft(h, n) adds them.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x) * torch.fft.rfft(h), n)
