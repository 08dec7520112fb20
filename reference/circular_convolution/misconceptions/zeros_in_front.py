"""zeros in front of the taps

You put the zeros before h, which moves its tap 0 to index n - k and shifts your result by the same amount.
Tap 0 belongs to shift 0: put the zeros after the taps.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    padded = torch.cat((h.new_zeros(n - len(h)), h))
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(padded, n), n)
