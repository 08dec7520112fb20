import torch
from torch import Tensor


def toeplitz_matvec(column: Tensor, row: Tensor, x: Tensor) -> Tensor:
    if column.dim() != 1 or row.dim() != 1 or x.dim() != 1:
        raise ValueError("column, row and x need one axis each")
    if len(column) == 0 or len(row) == 0:
        raise ValueError("the matrix has no entries")
    if len(x) != len(row):
        raise ValueError("x must be as long as the first row")
    if column[0] != row[0]:
        raise ValueError("column[0] and row[0] are the same entry of T")

    m, n = len(column), len(row)
    # First column of the circulant: down T's first column, then T's first row from its end.
    c = torch.cat([column, torch.flip(row[1:], [0])])
    size = m + n - 1  # one place for each diagonal

    # circulant times vector = circular convolution
    c_hat = torch.fft.rfft(c, n=size)
    x_hat = torch.fft.rfft(x, n=size)
    y = torch.fft.irfft(c_hat * x_hat, n=size)
    return y[:m]
