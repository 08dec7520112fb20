"""toeplitz_1d: a strided view of zeros."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows, k = n - len(kernel) + 1, len(kernel)
    matrix = torch.zeros((rows, n), dtype=kernel.dtype, device=kernel.device)
    matrix.as_strided((rows, k), (n + 1, 1))[:] = kernel
    return matrix
