"""half of the spectrum

rfft leaves out the frequencies above n / 2, because for a real c they mirror those below.
A circulant with n columns has n eigenvalues, and c may be complex: use fft.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    angles = torch.outer(torch.arange(n), torch.arange(n)).remainder(n).double() * (-2 * math.pi / n)
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    if c.is_complex():
        return torch.fft.fft(c)
    return torch.fft.rfft(c)
