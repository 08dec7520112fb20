"""symmetric matrix assumed

You also use the column as the row, as if T were symmetric.
The numbers above the diagonal come from the row; only the first entry is the same.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    mirrored = torch.cat((column, column.new_zeros(n)))[:n]
    c = torch.cat((column, mirrored[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
