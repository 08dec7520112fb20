"""Put all diagonals into one filter; T x is the middle part of its convolution with x."""

import torch


def toeplitz_matvec(column, row, x):
    if column.ndim != 1 or row.ndim != 1 or x.shape != row.shape:
        raise ValueError(f"shapes {tuple(column.shape)}, {tuple(row.shape)}, {tuple(x.shape)}")
    if not len(column) or not len(row):
        raise ValueError("T has no entries")
    if column[0].item() != row[0].item():
        raise ValueError("two numbers for T[0, 0]")
    diagonals = torch.cat((row.flip(0), column[1:]))
    length = len(diagonals) + len(x) - 1
    full = torch.fft.ifft(torch.fft.fft(diagonals, length) * torch.fft.fft(x, length)).real
    return full[len(row) - 1 : len(row) - 1 + len(column)]
