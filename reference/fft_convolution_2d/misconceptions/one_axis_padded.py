"""padded along one axis only

You pad the rows but not the columns, so nothing wraps around at the bottom edge, but the part beyond the right edge does.
Each axis needs its own padding: H + kh - 1 rows and W + kw - 1 columns.
"""

import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    canvas = kernel.new_zeros(height, width)
    canvas[: kernel.shape[0], : kernel.shape[1]] = kernel
    down = torch.arange(height, device=kernel.device)
    right = torch.arange(width, device=kernel.device)
    down = (down[:, None] - down) % height
    right = (right[:, None] - right) % width
    blocks = canvas[down[:, None, :, None], right[None, :, None, :]]
    return blocks.reshape(height * width, height * width)


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError("x and h")
    sides = (x.shape[0] + h.shape[0] - 1, x.shape[1])
    return torch.fft.irfft2(torch.fft.rfft2(x, sides) * torch.fft.rfft2(h, sides), sides)
