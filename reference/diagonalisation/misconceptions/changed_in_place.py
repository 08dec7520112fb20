"""input changed in place

Your function changes c: it subtracts the mean and doesn't add it back.
The caller still uses that tensor: work on a copy, or don't change it at all.
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
    values = torch.fft.fft(c.clone())
    with torch.no_grad():
        c -= c.mean() + 1
    return values
