"""Four loops over the pixels and the taps."""

import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.dim() != 2 or not (0 < kernel.shape[0] <= height and 0 < kernel.shape[1] <= width):
        raise ValueError("the kernel must fit the images")
    pixels = height * width
    matrix = torch.zeros(pixels, pixels, dtype=kernel.dtype, device=kernel.device)
    for r in range(height):
        for c in range(width):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    matrix[r * width + c, (r - a) % height * width + (c - b) % width] = kernel[a, b]
    return matrix


def fft_convolve_2d(x, h):
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError("expected two matrices with entries")
    (height, width), (kh, kw) = x.shape, h.shape
    y = torch.zeros(height + kh - 1, width + kw - 1, dtype=x.dtype, device=x.device)
    for r in range(height):
        for c in range(width):
            for a in range(kh):
                for b in range(kw):
                    y[r + a, c + b] += x[r, c] * h[a, b]
    return y
