"""column and row swapped

You swap the column and the row, so your circulant belongs to the transpose.
The first column of the circulant begins with the first column of T.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((row, column[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
