"""bias in the corner

Your last column holds the bias in every row, including the last one. So the product has the bias in place of the 1.
The last row is zeros and a 1: fill the column only down to row m - 1.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:, n] = bias
    return matrix
