"""row not reversed

You append the row in its own order, but the diagonal just above the main one belongs at the very end.
A step up from the end of the circulant's first column is a step right in T's first row: append row[1:] backwards.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:]))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
