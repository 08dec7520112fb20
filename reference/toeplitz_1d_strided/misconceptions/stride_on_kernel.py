"""stride applied to the kernel

You spread the taps of the kernel by the stride, and move the kernel by one entry.
The stride is the distance that the whole kernel moves from one row to the next. The dilation is the distance between taps.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    spacing = stride * dilation
    m = max(n + 2 * padding - spacing * (k - 1), 0)
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i + j * spacing - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
