"""dtype fixed to float32

torch.zeros(rows, columns) is always float32, so a float64 kernel loses half of its digits.
Make the matrix with dtype=kernel.dtype, device=kernel.device, or with kernel.new_zeros(...).
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m, n] = bias
    matrix[m, n] = 1
    return matrix
