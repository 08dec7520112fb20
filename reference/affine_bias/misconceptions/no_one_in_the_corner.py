"""no 1 in the corner

Your last row is all zeros, so the 1 below the signal becomes a 0, and a second layer loses its bias.
Set the entry in the corner, matrix[m, n], to 1.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m, n] = bias
    return matrix
