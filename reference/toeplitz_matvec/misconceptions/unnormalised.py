"""Convention: inverse transform not divided by its length

You don't divide the inverse transform by its length (FFTW doesn't either), so your answer is too large by that factor. The exercise asks for the product itself.
Don't set `norm`, or use the same one for all three transforms and correct the remaining factor.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1, norm="forward")[:m]
