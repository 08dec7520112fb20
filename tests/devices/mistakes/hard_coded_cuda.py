"""toeplitz_1d: the matrix is made on a GPU, even if there is none.

Line 14: `torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype, device="cuda")` makes a tensor on
CUDA, not where the input is; write `torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype,
device=kernel.device)`, or `kernel.new_zeros(n - len(kernel) + 1, n)`.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype, device="cuda")
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
