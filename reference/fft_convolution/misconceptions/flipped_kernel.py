"""Convention: cross-correlation

Almost right, but you reverse the kernel before you transform it, which is the cross-correlation. The exercise asks for the true convolution.
The product of the spectra already reverses it: leave the kernel as it is.
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h.flip(0), m), m)
