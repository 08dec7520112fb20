"""With enough zeros after each row, the flattened image is one signal, so a 1-D convolution is enough."""

import torch
from torch.nn.functional import pad


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or 0 in kernel.shape or kernel.shape[0] > height or kernel.shape[1] > width:
        raise ValueError("no such matrix")
    blocks = [_circulant(pad(row, (0, width - len(row)))) for row in kernel]
    blocks += [kernel.new_zeros(width, width)] * (height - len(blocks))
    grid = [torch.cat([blocks[(r - i) % height] for i in range(height)], dim=1) for r in range(height)]
    return torch.cat(grid)


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or x.numel() * h.numel() == 0:
        raise ValueError("no such convolution")
    rows, columns = x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1
    signal, taps = (pad(one, (0, columns - one.shape[1])).flatten() for one in (x, h))
    # A power of two: the product of two awkward sides would be a slow length.
    m = 1 << (rows * columns).bit_length()
    y = torch.fft.irfft(torch.fft.rfft(signal, m) * torch.fft.rfft(taps, m), m)
    return y[: rows * columns].reshape(rows, columns)


def _circulant(column):
    return torch.stack([column.roll(s) for s in range(len(column))], dim=1)
