"""frequencies centred

Your rows begin with the negative frequencies, and frequency 0 stands in the middle, as fftshift puts it for plots.
Here row 0 is frequency 0, and the others follow up to n - 1.
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
