"""toeplitz_1d: the matrix is built entry by entry."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(matrix.shape[0]):
        for j in range(len(kernel)):
            matrix[i, i + j] = kernel[j]
    return matrix
