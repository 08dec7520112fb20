"""Convention: cross-correlation, negative lags at the end

Your result is the cross-correlation, with the negative lags at the end: you multiply by the conjugate of the kernel's spectrum. The exercise asks for the convolution.
The convolution theorem multiplies the spectra without a conjugate.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m).conj(), m)
