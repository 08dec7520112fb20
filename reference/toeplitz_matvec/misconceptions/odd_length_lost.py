"""odd lengths lost

irfft without a length assumes an even length, so your answer is wrong for an odd m + n - 1.
A half spectrum doesn't show whether the length was odd: write irfft(spectrum, n=m + n - 1), or choose an even length.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, m + n - 1), max(2 * ((m + n - 1) // 2), 1))[
        :m
    ]
