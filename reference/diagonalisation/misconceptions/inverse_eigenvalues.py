"""inverse transform of the first column

Your eigenvalues come from the inverse transform: they are conjugated for a real c, and too small by the factor n.
Column 0 of F C = diag(eig) F shows that they are the forward transform of c.
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
    return torch.fft.ifft(c)
