"""embedding too short by one

Your circulant has m + n - 2 rows, so the lowest and the highest diagonal of T share an entry.
A matrix with m rows and n columns has m + n - 1 diagonals: check this for a 1 x 1 matrix.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    size = max(m + n - 2, 1)
    c = torch.cat((column, row[1:].flip(0)))
    c = torch.cat((c[: m - 1], c[m - 1 : m] + c[m : m + 1], c[m + 1 :])) if n > 1 else c[:size]
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, size), size)[:m]
