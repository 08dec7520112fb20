"""Padded to a square, T is a circulant plus a skew-circulant, which phase rotation makes circulant."""

import math

import torch
from torch.nn.functional import pad


def toeplitz_matvec(column, row, x):
    if (column.dim(), row.dim(), x.dim()) != (1, 1, 1):
        raise ValueError("three vectors were expected")
    m, n = len(column), len(row)
    if m == 0 or n == 0 or len(x) != n or column[0] != row[0]:
        raise ValueError("no Toeplitz matrix, or a vector that doesn't fit it")
    size = -(-max(m, n) // 64) * 64  # a multiple of 64 is quicker to transform
    below = pad(column, (0, size - m))
    # above[i] is the number of the diagonal i - size; there is none for i = 0.
    above = torch.cat((below.new_zeros(1), pad(row, (0, size - n))[1:].flip(0)))
    x = pad(x, (0, size - n))
    angles = torch.arange(size, device=x.device).to(x.dtype) * (-math.pi / size)
    turns = torch.polar(torch.ones_like(angles), angles)
    plain = torch.fft.ifft(torch.fft.fft((below + above) / 2) * torch.fft.fft(x))
    skew = torch.fft.ifft(torch.fft.fft(turns * (below - above) / 2) * torch.fft.fft(turns * x))
    return (plain + skew / turns).real[:m]
