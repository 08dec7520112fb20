"""Convention: counted from 1

You count frequencies and positions from 1 to n, as some textbooks and languages do. The exercise counts both from 0.
The first row and the first column of F are all ones.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    places = torch.arange(1, n + 1)
    angles = torch.outer(places, places).remainder(n).double() * (-2 * math.pi / n)
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.fft.fft(c)
