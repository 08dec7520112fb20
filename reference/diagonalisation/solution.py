"""Reference: powers of the root of unity with reduced exponents, and the transform of the first column."""

import math

import torch
from torch import Tensor


def dft_matrix(n: int) -> Tensor:
    """Go round the unit circle. Reducing the exponents modulo n keeps the angles small and exact."""
    if n < 1:
        raise ValueError(f"n = {n}: expected a length of at least 1")
    places = torch.arange(n)
    angles = torch.outer(places, places).remainder(n).double() * (-2 * math.pi / n)
    return torch.polar(torch.ones_like(angles), angles)


def circulant_eigenvalues(c: Tensor) -> Tensor:
    """Transform the first column: column 0 of F C is F c, and column 0 of diag(eig) F is eig."""
    if c.dim() != 1 or len(c) == 0:
        raise ValueError(f"first column of shape {tuple(c.shape)}: expected (n,) with n >= 1")
    return torch.fft.fft(c)
