"""Convention: inverse transform not divided by its length

This is FFTW's convention, whose inverse transform isn't divided by its length, so the answer is too large by that factor; the exercise asks for the product itself.
Leave `norm` alone, or use the same one for all three transforms and mend the factor that is left.
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
