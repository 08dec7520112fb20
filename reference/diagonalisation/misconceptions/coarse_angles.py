"""angles in float32

F is complex128, but its angles were computed in float32 (the dtype of torch.arange times a float), so half of its digits are wrong.
Converting afterwards doesn't bring the digits back: start with torch.arange(n, dtype=torch.float64).
"""

import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    places = torch.arange(n)
    angles = -2 * math.pi * torch.outer(places, places) / n
    return torch.exp(1j * angles).to(torch.complex128)


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.fft.fft(c)
