"""dtype fixed to float32

You always compute in float32 and complex64, so float64 inputs give a float32 result.
Use the dtype of the input. The transforms also take their dtype from the input.
"""

import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    canvas = torch.zeros(height, width)
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
    spectrum = torch.fft.fft2(x.to(torch.complex64), sides) * torch.fft.fft2(h.to(torch.complex64), sides)
    return torch.fft.ifft2(spectrum).real
