"""upper triangle left out

You convolve x with the column: this covers only the part of T on and below the diagonal.
The part above the diagonal is missing: append the row to the circulant's first column, reversed and without row[0].
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    return torch.fft.irfft(torch.fft.rfft(column, m + n - 1) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
