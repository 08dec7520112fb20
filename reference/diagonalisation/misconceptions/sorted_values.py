"""eigenvalues sorted by magnitude

You sort the eigenvalues, the largest first, as is usual for singular values.
Here they must be in the order of the frequencies: eigenvalue f belongs to row f of F.
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
    values = torch.fft.fft(c)
    return values[values.abs().argsort(descending=True, stable=True)]
