"""Convention: cross-correlation

Your answer is the circular cross-correlation, with x[i + j] under the sum. The exercise asks for the circular convolution.
The convolution has x[i - j], and its spectra are multiplied without a conjugate.
"""

import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n).conj(), n)
