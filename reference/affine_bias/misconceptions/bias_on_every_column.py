"""bias on every column

You add the bias to all entries of the upper rows, so the signal is multiplied by it.
The bias is the weight of the 1 below the signal, so it belongs only in the last column.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m] += bias
    matrix[m, n] = 1
    return matrix
