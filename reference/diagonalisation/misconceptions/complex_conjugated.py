"""complex column conjugated

You conjugate the first column before you transform it. This changes nothing for a real c, but gives a different matrix for a complex c.
A transform is not an inner product: leave c as it is.
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
    return torch.fft.fft(c.conj())
