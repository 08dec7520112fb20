"""Convention: inverse transform not divided by n

Your inverse transform isn't divided by n, as in FFTW, so the result is n times too large. The exercise asks for the sum itself.
Don't set `norm`: by default torch's inverse divides.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n, norm="forward")
