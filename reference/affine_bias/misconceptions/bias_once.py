"""bias for the first output only

Your bias is only in the first row, so the other outputs don't get it.
A layer adds the bias to every output, so the last column must hold it m times.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[0, n] = bias
    matrix[m, n] = 1
    return matrix
