"""toeplitz_1d: torch's default device is changed.

Line 13: `torch.set_default_device(kernel.device)` changes the device of everything after it; remove
it, and write `device=kernel.device` where you make a tensor.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    torch.set_default_device(kernel.device)
    matrix = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
