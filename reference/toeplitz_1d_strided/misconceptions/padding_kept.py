"""padding's columns kept

Your matrix has a column for each entry of the padded signal, n + 2 * padding in total.
T multiplies the unpadded signal. The padding is zero, so drop its columns and keep n columns.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    matrix = torch.zeros(m, n + 2 * padding, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            matrix[i, i * stride + j * dilation] = kernel[j]
    return matrix
