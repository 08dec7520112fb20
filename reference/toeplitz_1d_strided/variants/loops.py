"""Two loops over rows and taps; a tap that falls into the padding is skipped."""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or kernel.numel() == 0:
        raise ValueError("the kernel must be a vector with at least one tap")
    if stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("stride and dilation start at 1, padding at 0")
    room = n + 2 * padding - dilation * (kernel.numel() - 1) - 1
    if room < 0:
        raise ValueError("the kernel doesn't fit")
    matrix = torch.zeros(room // stride + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(room // stride + 1):
        for j in range(kernel.numel()):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
