"""dtype fixed to float32

You always compute in complex64, so float64 inputs give a float32 result.
The transforms choose the dtype from their input: don't convert it.
"""

import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = torch.cat((column, row[1:].flip(0))).to(torch.complex64)
    return torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(x.to(torch.complex64), m + n - 1)).real[:m]
