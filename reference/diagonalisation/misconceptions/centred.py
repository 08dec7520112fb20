"""Convention: frequencies centred

You put frequency 0 in the middle, as fftshift does for plots. The exercise asks for frequency 0 in row 0.
The other frequencies follow up to n - 1, so the negative frequencies are at the end.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    places = torch.arange(n)
    angles = torch.outer(places - n // 2, places).remainder(n).double() * (-2 * math.pi / n)
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.fft.fftshift(torch.fft.fft(c))
