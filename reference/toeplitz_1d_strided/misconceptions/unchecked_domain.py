"""arguments not checked

A kernel is invalid if it doesn't fit, is empty or has two axes. A stride or dilation below 1 and a negative padding are also invalid.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    k = len(kernel)
    m = max((n + 2 * padding - dilation * (k - 1) - 1) // stride + 1, 0)
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                matrix[i, column] = kernel[j]
    return matrix
