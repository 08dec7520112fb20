"""Convention: plus in the exponent

Your exponent has a plus sign, as in physics. The exercise asks for a minus.
F[f, j] = exp(-2 pi i f j / n); yours is the conjugate: the inverse transform without its 1/n.
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
