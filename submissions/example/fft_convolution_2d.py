"""The matrix: four loops over output and pixel. The convolution: pad, transform, multiply, transform back."""

import torch
from torch import Tensor


def build_doubly_block_circulant(kernel: Tensor, height: int, width: int) -> Tensor:
    """Put the tap for every (output, pixel) pair at its place."""
    if kernel.dim() != 2:
        raise ValueError("the kernel needs two axes")
    kh, kw = kernel.shape
    if kh == 0 or kw == 0:
        raise ValueError("the kernel is empty")
    if kh > height or kw > width:
        raise ValueError("the kernel is larger than the image")

    matrix = kernel.new_zeros(height, width, height, width)
    for i in range(height):
        for j in range(width):
            for a in range(kh):
                # the whole row of taps at once; its columns wrap around the width
                columns = [(j + b) % width for b in range(kw)]
                matrix[(i + a) % height, columns, i, j] = kernel[a]
    return matrix.reshape(height * width, height * width)


def fft_convolve_2d(x: Tensor, h: Tensor) -> Tensor:
    """Use the 2-D convolution theorem with enough zeros in both directions."""
    if x.dim() != 2 or h.dim() != 2:
        raise ValueError("the image and the kernel need two axes each")
    if x.numel() == 0 or h.numel() == 0:
        raise ValueError("the image or the kernel is empty")

    rows = x.shape[0] + h.shape[0] - 1
    columns = x.shape[1] + h.shape[1] - 1
    x_hat = torch.fft.rfft2(x, s=(rows, columns))
    h_hat = torch.fft.rfft2(h, s=(rows, columns))
    return torch.fft.irfft2(x_hat * h_hat, s=(rows, columns))
