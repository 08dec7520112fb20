"""float32 inside

Your answer has the inputs' dtype, but you computed in float32: half of a float64's digits are lost.
Converting at the end doesn't bring them back: compute in the inputs' dtype from the start.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0))).float()
    spectrum = torch.fft.rfft(c) * torch.fft.rfft(x.float(), m + n - 1)
    return torch.fft.irfft(spectrum, m + n - 1)[:m].to(x.dtype)
