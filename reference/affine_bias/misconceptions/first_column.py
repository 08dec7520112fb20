"""bias in the first column

Your matrix expects the 1 above the signal, (1, x), and gives (1, y).
Here it stands below, (x, 1): the bias belongs into the last column, and the row with the 1 is the last.
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
