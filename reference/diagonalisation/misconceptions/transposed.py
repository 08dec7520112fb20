"""Convention: c as the first row

These are the eigenvalues of the circulant whose first row is c, the matrix of the cross-correlation; the exercise asks for the one whose first column is c.
Its eigenvalues are F c.
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
    return torch.fft.fft(c.roll(-1).flip(0))
