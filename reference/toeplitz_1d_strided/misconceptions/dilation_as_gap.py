"""Convention: dilation counted as gap

Your dilation counts the zeros between neighbouring taps, so a dilation of 1 already spreads the kernel. The exercise counts the distance from tap to tap.
There are dilation - 1 zeros between neighbouring taps, and none for a dilation of 1.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    spacing = dilation + 1
    m = max((n + 2 * padding - spacing * (k - 1) - 1) // stride + 1, 0)
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i * stride + j * spacing - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
