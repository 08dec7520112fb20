"""magnitude instead of the real part

You take absolute values to make the answer real, so every minus sign is lost.
The imaginary part is only rounding error: take .real, or use rfft and irfft.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(x, m + n - 1)).abs()[:m]
