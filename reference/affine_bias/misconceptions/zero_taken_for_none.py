"""bias of zero treated as no bias

You test `if bias`, which is false for a bias of zero, and then omit the last row and column.
Zero is a valid bias: the matrix always has the same shape.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    if not bias:
        return matrix[:m, :n]
    matrix[:m, n] = bias
    matrix[m, n] = 1
    return matrix
