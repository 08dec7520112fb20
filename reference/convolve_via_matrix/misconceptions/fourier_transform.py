"""Fourier transforms instead of a matrix

You compute the result in the frequency domain.
That is the topic of a later chapter. Here, use one product of a matrix and a vector.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n = len(x)
    spectrum = torch.fft.rfft(x) * torch.fft.rfft(kernel, n).conj()
    return torch.fft.irfft(spectrum, n)[: n - len(kernel) + 1]
