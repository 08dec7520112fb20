"""one row short

Your matrix has n - k rows; the last position of the kernel, at the very end of the signal, is missing.
There are n - k + 1 positions: count them for k = n, where there is exactly one.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix[:-1] @ x
