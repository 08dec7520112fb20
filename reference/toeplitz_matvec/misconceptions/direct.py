"""matrix formed

Your answer is correct, but you build T: with a million rows and columns T takes four terabytes.
The first column and the first row determine T: embed them in a circulant, and multiply through the FFT.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    values = torch.cat((row.flip(0), column[1:]))
    rows = torch.arange(m, device=x.device)[:, None]
    columns = torch.arange(n, device=x.device)
    return values[rows - columns + n - 1] @ x
