"""stride ignored

Your kernel moves by one column from row to row, whatever the stride.
Row i belongs to the window that starts at index i * stride, so keep only every stride-th row of your matrix.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    m = (n + 2 * padding - dilation * (k - 1) - 1) + 1
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i + j * dilation - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
