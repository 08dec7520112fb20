"""input changed in place

You write the outputs into the signal's memory.
The caller still uses that tensor, and autograd can't follow: return the product itself.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    x[: len(matrix)] = matrix @ x
    return x[: len(matrix)]
