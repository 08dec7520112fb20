"""Reference: embed T in a circulant and multiply by a circular convolution of an FFT-friendly length."""

import torch
from torch import Tensor


def toeplitz_matvec(column: Tensor, row: Tensor, x: Tensor) -> Tensor:
    """Convolve x, padded with zeros, with the first column of the circulant, and keep the first m entries."""
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(x) != len(row):
        raise ValueError(
            f"column of shape {tuple(column.shape)}, row of shape {tuple(row.shape)} and vector of shape "
            f"{tuple(x.shape)}: expected (m,), (n,) and (n,) with m >= 1 and n >= 1"
        )
    if column[0] != row[0]:
        raise ValueError(
            f"column[0] is {column[0].item():g} and row[0] is {row[0].item():g}: "
            "expected the same number, since both are T[0, 0]"
        )
    diagonals = len(column) + len(row) - 1
    size = 1 << (diagonals - 1).bit_length()
    first = torch.cat((column, column.new_zeros(size - diagonals), row[1:].flip(0)))
    spectrum = torch.fft.rfft(first) * torch.fft.rfft(x, size)
    return torch.fft.irfft(spectrum, size)[: len(column)]
