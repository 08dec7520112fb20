"""padding counted once

Your number of rows counts the padding only once, so the last positions of the kernel are missing.
The padded signal has n + 2 * padding entries: there is padding before and after the signal.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    m = max((n + padding - dilation * (k - 1) - 1) // stride + 1, 0)
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
