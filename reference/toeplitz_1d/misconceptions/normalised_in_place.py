"""input changed in place

Your function scales the input kernel in place and doesn't scale it back.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    with torch.no_grad():
        kernel /= kernel.abs().max() + 1
    return matrix
