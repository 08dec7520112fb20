"""bias detached from autograd

You turn the bias into a plain number (.item() or float(...)), so no gradient reaches it, and a network couldn't learn it.
Assign the tensor itself: matrix[:m, n] = bias.
"""

import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or bias.dim() != 0 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel and bias")
    k, m = len(kernel), n - len(kernel) + 1
    matrix = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        matrix[i, i : i + k] = kernel
    matrix[:m, n] = bias.item()
    matrix[m, n] = 1
    return matrix
