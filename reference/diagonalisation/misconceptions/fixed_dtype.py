"""dtype fixed to complex64

You compute everything in complex64, so F and the eigenvalues of a float64 or complex128 column lose half of their digits.
F must be complex128, and the eigenvalues must be as precise as c.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    places = torch.arange(n)
    return torch.exp(-2j * math.pi * torch.outer(places, places).remainder(n) / n)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.fft.fft(c.to(torch.complex64))
