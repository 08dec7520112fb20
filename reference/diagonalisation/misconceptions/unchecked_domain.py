"""arguments not checked

There is no Fourier matrix of 0 or fewer rows here, no circulant without entries, and fft transforms a matrix row by row.
Say so with ValueError before computing anything.
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
