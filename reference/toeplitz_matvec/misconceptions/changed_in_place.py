"""input changed in place

Your function changes the input row: it sets row[0], which the column already has, to zero.
The caller still uses that tensor: work on a copy, or leave the entry out with row[1:].
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    with torch.no_grad():
        row[0] = 0
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
