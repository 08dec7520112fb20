"""cyclic instead of valid

Your kernel wraps around from the end of the signal to its beginning, which makes a circulant matrix.
Here the kernel stops at the end of the signal, after n - k + 1 rows.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    matrix = torch.zeros(n, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n):
        for j in range(len(kernel)):
            matrix[i, (i + j) % n] = kernel[j]
    return matrix
