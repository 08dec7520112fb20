"""main diagonal counted twice

You add a lower and an upper triangle, and both contain the main diagonal.
Leave it out of one triangle: row[0] and column[0] are the same entry.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0)))
    c = c + torch.cat((row[:1], row.new_zeros(m + n - 2)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
