"""The sums themselves: torch's own conv2d, which multiplies every tap by every pixel."""

import torch
from torch.nn.functional import conv2d, pad


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (0 < kernel.shape[0] <= height and 0 < kernel.shape[1] <= width):
        raise ValueError("the kernel must fit the images")
    padded = pad(kernel, (0, width - kernel.shape[1], 0, height - kernel.shape[0]))
    columns = [padded.roll((i, j), (0, 1)).flatten() for i in range(height) for j in range(width)]
    return torch.stack(columns, dim=1)


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError("expected two matrices with entries")
    around = (h.shape[0] - 1, h.shape[1] - 1)
    # torch's conv2d is the cross-correlation, so the kernel is reversed on both axes.
    return conv2d(x[None, None], h.flip(0, 1)[None, None], padding=around)[0, 0]
