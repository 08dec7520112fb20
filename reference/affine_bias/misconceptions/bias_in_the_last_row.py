"""bias in the last row

Your bias is in the last row: there it is multiplied by the signal, and changes the 1.
Multiply by hand: a number that is added to each output must be in the last column.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[m, :n] = bias
    matrix[m, n] = 1
    return matrix
