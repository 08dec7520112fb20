"""inputs detached from autograd

You use NumPy, .item(), .tolist() or .detach(), so no gradient reaches the image or the kernel.
Use indexing and torch.fft instead: gradients flow through them.
"""

import numpy as np
import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    canvas = kernel.new_zeros(height, width)
    canvas[: kernel.shape[0], : kernel.shape[1]] = kernel.detach()
    down = torch.arange(height, device=kernel.device)
    right = torch.arange(width, device=kernel.device)
    down = (down[:, None] - down) % height
    right = (right[:, None] - right) % width
    blocks = canvas[down[:, None, :, None], right[None, :, None, :]]
    return blocks.reshape(height * width, height * width)


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError("x and h")
    image, kernel = x.detach().cpu().numpy(), h.detach().cpu().numpy()
    sides = (x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1)
    y = np.fft.irfft2(np.fft.rfft2(image, sides) * np.fft.rfft2(kernel, sides), sides)
    return torch.from_numpy(y).to(x)
