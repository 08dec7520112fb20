"""counted from 1

Your frequencies and places are numbered 1 to n, as in textbooks and languages that count from 1.
Here both begin with 0: the first row and the first column of F are all ones.
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
