"""last row missing

Your matrix has only m rows: it gives the outputs, but not the 1 below them.
The last row, zeros followed by a 1, passes the 1 on. Without it, you can't multiply the product by the next layer's matrix.
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
    return matrix[:m]
