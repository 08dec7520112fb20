"""one row short

Your matrix has n - k rows; the last position of the kernel, at the very end of the signal, is missing.
There are n - k + 1 positions: count them for k = n, where there is exactly one.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k):
        matrix[i, i : i + k] = kernel
    return matrix
