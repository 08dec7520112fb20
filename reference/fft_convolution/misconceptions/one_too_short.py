"""one entry too short

Your transforms have n + k - 2 entries, so the last entry of the result is added to its first.
Two inputs of lengths n and k overlap at n + k - 1 positions: count them for n = k = 1.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = max(len(x) + len(h) - 2, 1)
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
