"""length 2 max(n, k) - 1

Your result has 2 max(n, k) - 1 entries, which is right only for inputs of the same length.
The transforms may be longer than needed, but the result keeps only the first n + k - 1 entries.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = 2 * max(len(x), len(h)) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
