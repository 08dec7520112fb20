"""magnitudes (singular values)

You return absolute values: these are the singular values of C, and the phases are lost.
The eigenvalues are the transform of c itself.
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
    return values.abs().to(values.dtype)
