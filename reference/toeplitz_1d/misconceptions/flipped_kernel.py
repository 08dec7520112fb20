"""Convention: true convolution

Almost right, but reversed: your rows hold the kernel backwards. That is the true convolution; the exercise asks for the cross-correlation.
y[i] = sum_j kernel[j] x[i + j]: keep the kernel's order, kernel[0] first.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel.flip(0)
    return matrix
