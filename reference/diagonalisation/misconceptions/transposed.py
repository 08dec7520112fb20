"""Convention: c as the first row

Your eigenvalues are those of the circulant with c as its first row, the matrix of the cross-correlation. The exercise asks for c as the first column.
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
