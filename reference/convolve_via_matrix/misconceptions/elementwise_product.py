"""* instead of @

matrix * x multiplies each row by the signal, entry by entry, without adding up the products, so you return a whole matrix.
The matrix product, matrix @ x, also sums each row.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix * x
