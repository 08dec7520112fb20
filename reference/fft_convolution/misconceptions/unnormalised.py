"""Convention: inverse transform not divided by m

Your inverse transform isn't divided by its length m, as in FFTW, so the result is m times too large. The exercise asks for the sum itself.
Don't set `norm`, or use the same `norm` for all three transforms and correct the remaining factor.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m, norm="forward")
