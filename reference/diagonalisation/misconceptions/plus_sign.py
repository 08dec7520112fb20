"""sign of the exponent

Your exponents have a plus sign: that is the conjugate of F, the matrix of the inverse transform without its 1/n.
F[f, j] = exp(-2 pi i f j / n), with a minus.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    angles = torch.outer(torch.arange(n), torch.arange(n)).remainder(n).double() * (2 * math.pi / n)
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    kind = torch.promote_types(c.dtype, torch.complex64)
    return dft_matrix(len(c)).to(c.device, kind) @ c.to(kind)
