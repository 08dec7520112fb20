"""dtype fixed to float32

torch.zeros(rows, columns) is always float32, so a float64 kernel loses half of its digits.
Make the matrix with dtype=kernel.dtype, device=kernel.device, or with kernel.new_zeros(...).
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        for j in range(k):
            matrix[i, i + j] = kernel[j]
    return matrix
