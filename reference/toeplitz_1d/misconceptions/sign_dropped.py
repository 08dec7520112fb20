"""signs dropped

Your entries are the absolute values of the taps.
A convolution matrix is linear in its kernel: every entry is a tap, with its sign, or zero.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel.abs()
    return matrix
