"""Plain Python: every entry comes from a list of roots of unity; the eigenvalues are sums of weighted roots."""

import cmath

import torch


def roots(n):
    return [cmath.exp(-2j * cmath.pi * k / n) for k in range(n)]


def dft_matrix(n):
    if n < 1:
        raise ValueError("n must be positive")
    root = roots(n)
    rows = [[root[f * j % n] for j in range(n)] for f in range(n)]
    return torch.tensor(rows, dtype=torch.complex128)


def circulant_eigenvalues(c):
    if len(c.shape) != 1 or len(c) < 1:
        raise ValueError("c must have entries, along one axis")
    n, root = len(c), roots(len(c))
    sums = [sum(c[j] * root[f * j % n] for j in range(n)) for f in range(n)]
    return torch.stack(sums)
