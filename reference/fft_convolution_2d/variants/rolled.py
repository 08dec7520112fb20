"""Each column of the matrix is the padded kernel, rolled to its pixel; the transforms are complex."""

import torch
from torch.nn.functional import pad


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or kernel.numel() == 0:
        raise ValueError("the kernel must be a non-empty matrix")
    if kernel.shape[0] > height or kernel.shape[1] > width:
        raise ValueError("the kernel is larger than the image")
    padded = pad(kernel, (0, width - kernel.shape[1], 0, height - kernel.shape[0]))
    columns = [padded.roll((i, j), (0, 1)).flatten() for i in range(height) for j in range(width)]
    return torch.stack(columns, dim=1)


def fft_convolve_2d(x, h):
    for value in (x, h):
        if value.dim() != 2 or value.numel() == 0:
            raise ValueError(f"shape {tuple(value.shape)}")
    sides = [x.shape[axis] + h.shape[axis] - 1 for axis in (0, 1)]
    return torch.fft.ifft2(torch.fft.fft2(x, sides) * torch.fft.fft2(h, sides)).real
