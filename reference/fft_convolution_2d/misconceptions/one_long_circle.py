"""one long circle

Your matrix is the circulant of the flattened kernel, so the part beyond the right edge continues in the next row.
Each row of the image is its own circle: columns wrap modulo the width, rows modulo the height.
"""

import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    canvas = kernel.new_zeros(height, width)
    canvas[: kernel.shape[0], : kernel.shape[1]] = kernel
    places = torch.arange(height * width, device=kernel.device)
    return canvas.flatten()[(places[:, None] - places) % (height * width)]


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError("x and h")
    sides = (x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1)
    return torch.fft.irfft2(torch.fft.rfft2(x, sides) * torch.fft.rfft2(h, sides), sides)
