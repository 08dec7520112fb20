"""Convention: bias in the first column

Your matrix is for (1, x), with the bias in the first column, as in statistics. The exercise asks for the matrix for (x, 1).
Put the bias into the last column, and make the row with the 1 the last row.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[1 + i, 1 + i : 1 + i + k] = kernel
    matrix[1:, 0] = bias
    matrix[0, 0] = 1
    return matrix
