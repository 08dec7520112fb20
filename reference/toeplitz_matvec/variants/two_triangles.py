"""Split T into lower and strictly upper triangles: two causal convolutions, one on reversed signals."""

import torch


def causal(taps, x, count):
    size = 2
    while size < taps.numel() + x.numel() - 1:
        size *= 2
    y = torch.fft.irfft(torch.fft.rfft(taps, size) * torch.fft.rfft(x, size), size)
    return y[:count]


def toeplitz_matvec(column, row, x):
    for vector in (column, row, x):
        if vector.dim() != 1 or vector.numel() == 0:
            raise ValueError(f"a vector was expected, not a tensor of shape {tuple(vector.shape)}")
    m, n = column.numel(), row.numel()
    if x.numel() != n or bool(column[0] != row[0]):
        raise ValueError("the row fits neither the vector nor the column")
    lower = causal(column, x, m)
    # Backwards, the entries to the right come first, so the upper triangle is causal, too.
    strict = torch.cat((torch.zeros_like(row[:1]), row[1:]))
    upper = causal(strict, x.flip(0), n).flip(0)[:m]
    return lower + torch.cat((upper, x.new_zeros(m - upper.numel())))
