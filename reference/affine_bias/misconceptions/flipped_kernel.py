"""Convention: true convolution

Almost right, but reversed: your rows hold the kernel backwards, which is the true convolution. The exercise asks for the cross-correlation.
Keep the kernel's order: kernel[0] first.
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
