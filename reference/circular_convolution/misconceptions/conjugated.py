"""Convention: cross-correlation

Your result is the circular cross-correlation, which sums h[j] x[i + j]. The exercise asks for the circular convolution.
The convolution uses x[i - j], and the spectra are multiplied without conjugating one of them.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n).conj(), n)
