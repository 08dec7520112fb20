"""powers of a rounded root of unity

Each entry of your F is a power w^(f j) of one rounded number w. The error of w is multiplied by f j, so F loses digits where f j is large.
w^(f j) is w^(f j mod n): reduce the exponents, or compute each angle separately.
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError(f"n = {n}")
    places = torch.arange(n)
    root = torch.polar(
        torch.ones((), dtype=torch.float64), torch.tensor(-2 * math.pi / n, dtype=torch.float64)
    )
    return root ** torch.outer(places, places)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c must be a vector")
    return torch.fft.fft(c)
