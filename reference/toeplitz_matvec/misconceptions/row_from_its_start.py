"""first entry of the row used twice

You append the whole row backwards, including row[0], so row[0] stands where row[1] belongs, and so on.
The main diagonal is already in the column: append row[1:] backwards.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row.flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n), m + n)[:m]
