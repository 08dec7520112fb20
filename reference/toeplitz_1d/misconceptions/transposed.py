"""Convention: transposed matrix

Your matrix is the transpose: it holds the kernel in its columns, and multiplies row vectors from the right. The exercise asks for T x.
Row i belongs to output i, so T has n - k + 1 rows and n columns.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n, n - k + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i : i + k, i] = kernel
    return matrix
