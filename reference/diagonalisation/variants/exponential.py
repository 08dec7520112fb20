"""Compute angles without reduction in float64; the eigenvalues are the diagonal of F C conj(F) / n."""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError(f"{n} isn't a length")
    steps = torch.arange(n, dtype=torch.float64)
    return torch.exp(-2j * math.pi * steps[:, None] * steps / n)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    n = len(c)
    kind = torch.promote_types(c.dtype, torch.complex64)
    fourier = dft_matrix(n).to(c.device, kind)
    matrix = torch.stack([c.roll(j) for j in range(n)], dim=1).to(kind)
    return (fourier @ matrix @ fourier.conj()).diagonal() / n
