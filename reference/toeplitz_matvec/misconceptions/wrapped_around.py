"""circulant without padding

Your circulant is only as large as T's longer dimension, so diagonals below and above the main one share entries.
T has m + n - 1 diagonals, and each needs its own entry in the circulant's first column.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    size = max(m, n)
    c = torch.cat((column, column.new_zeros(size - m)))
    c = c + torch.cat((row.new_zeros(size - n + 1), row[1:].flip(0)))
    return torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(x, size), size)[:m]
