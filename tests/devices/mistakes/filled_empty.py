"""toeplitz_1d: an empty matrix is made without a device, and filled.

Line 14: `torch.empty((n - len(kernel) + 1, n), dtype=kernel.dtype)` makes a tensor on the CPU;
write `torch.empty((n - len(kernel) + 1, n), dtype=kernel.dtype, device=kernel.device)`, or
`kernel.new_empty((n - len(kernel) + 1, n))`.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = torch.empty((n - len(kernel) + 1, n), dtype=kernel.dtype).fill_(0)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
