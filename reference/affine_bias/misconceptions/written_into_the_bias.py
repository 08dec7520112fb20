"""bias overwritten through expand

bias.expand(m + 1) makes no copies: all its entries are the bias itself.
Writing a 1 into the last entry changes all others, and also the input tensor.
Fill a column of the matrix instead: matrix[:m, n] = bias.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    column = bias.expand(m + 1)
    column[m] = 1
    matrix[:, n] = column
    return matrix
