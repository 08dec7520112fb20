"""order of an eigenvalue solver

Your eigenvalues are correct, but they are in the order of an eigenvalue solver.
Eigenvalue f belongs to row f of F: use the transform of c, which has that order.
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
    columns = [c.roll(j) for j in range(len(c))]
    return torch.linalg.eigvals(torch.stack(columns, dim=1))
