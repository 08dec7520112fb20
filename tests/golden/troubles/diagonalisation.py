"""Uses the wrong sign in the exponent. The eigenvalues are correct."""

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n")
    places = torch.arange(n, dtype=torch.float64)
    return torch.exp(2j * torch.pi * torch.outer(places, places) / n)


def circulant_eigenvalues(c):
    if c.dim() != 1 or not len(c):
        raise ValueError("c")
    return torch.fft.fft(c)
