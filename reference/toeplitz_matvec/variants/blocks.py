"""Cut T into column blocks, multiply by each block's circulant, and add the products."""

import torch


def toeplitz_matvec(column, row, x):
    if max(column.dim(), row.dim(), x.dim()) > 1 or min(column.dim(), row.dim(), x.dim()) < 1:
        raise ValueError("expected vectors")
    if min(len(column), len(row)) == 0 or len(row) != len(x) or column[0] != row[0]:
        raise ValueError("expected a column, a row that begins like it, and a vector as long as the row")
    m, n = len(column), len(row)
    padded = torch.cat((row.flip(0), column[1:]))  # the diagonal d is at place d + n - 1
    width = max(m, -(-n // 8))
    y = x.new_zeros(m)
    for start in range(0, n, width):
        part = x[start : start + width]
        k = len(part)
        # Rows 0 .. m - 1 and columns start .. start + k - 1 contain the diagonals -start - k + 1 .. m - 1 - start.
        seen = padded[n - start - k : n - start - 1 + m]
        c = seen.roll(1 - k)
        y = y + torch.fft.irfft(torch.fft.rfft(c) * torch.fft.rfft(part, len(c)), len(c))[:m]
    return y
