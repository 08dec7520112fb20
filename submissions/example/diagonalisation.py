import math

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    F = torch.zeros(n, n, dtype=torch.complex128)
    for f in range(n):
        for j in range(n):
            angle = -2 * math.pi * f * j / n
            F[f, j] = complex(math.cos(angle), math.sin(angle))
    return F


def circulant_eigenvalues(c):
    if c.dim() != 1 or len(c) < 1:
        raise ValueError("c must be a vector that is not empty")

    # the first column of F C = diag(eig) F: on the left F c, on the right eig
    return torch.fft.fft(c)
