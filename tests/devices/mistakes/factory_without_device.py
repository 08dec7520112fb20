"""toeplitz_1d: zeros are made without a device, and the kernel is copied into them.

Line 14: `torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype)` makes a tensor on the CPU; write
`torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype, device=kernel.device)`, or
`kernel.new_zeros(n - len(kernel) + 1, n)`.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
