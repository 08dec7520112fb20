"""first entries not compared

You never compare column[0] with row[0]: both are T[0, 0], so no matrix exists if they differ.
Raise ValueError instead of silently choosing one of them.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
