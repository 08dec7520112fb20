"""Convention: true convolution

This is the matrix of the true convolution, with the kernel back to front in its rows; the exercise asks for the cross-correlation.
Keep the kernel's order.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    kernel = kernel.flip(0)
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m, n] = bias
    matrix[m, n] = 1
    return matrix
