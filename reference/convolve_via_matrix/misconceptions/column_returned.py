"""column instead of a vector

Your result has two axes, (n - k + 1, 1): you turned the signal into a column and returned the product as a column.
Multiply by the vector itself, matrix @ x, or remove the second axis again.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix @ x[:, None]
