"""real part only

You drop the imaginary parts, as if C were symmetric.
Only the circulants of even sequences have real eigenvalues; other circulants have complex eigenvalues, which come in conjugate pairs if c is real.
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
    values = torch.fft.fft(c)
    return values.real.to(values.dtype)
