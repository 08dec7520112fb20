"""upper triangle left out

You convolve x with the column: that is only the part of T on and below the diagonal.
The part above it, from the row, is missing: it belongs to the end of the circulant's first column.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    return torch.fft.irfft(torch.fft.rfft(column, m + n - 1) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
