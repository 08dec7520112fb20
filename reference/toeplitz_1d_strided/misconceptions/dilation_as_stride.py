"""dilation applied as stride

Your taps stay adjacent, and a larger dilation moves the whole kernel further instead.
The dilation is the distance between neighbouring taps of one row: tap j is j * dilation columns to the right of tap 0.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    step = stride * dilation
    m = (n + 2 * padding - k) // step + 1
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i * step + j - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
