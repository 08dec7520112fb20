"""arguments not checked

The inputs must not be empty or two-dimensional, x must be as long as the row, and column[0] must equal row[0].
Raise ValueError first: zero-padding would hide some mistakes, and the others would raise an unclear error in torch.
"""

import torch


def toeplitz_matvec(column, row, x):
    m, n = column.shape[0], row.shape[0]
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), m + n - 1)[:m]
