"""dtype fixed to float32

Your matrix is always float32, and you convert the signal to match: a float64 signal loses half of its digits.
Make the matrix with dtype=kernel.dtype, device=kernel.device; then nothing needs converting.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    n, k = len(x), len(kernel)
    matrix = torch.zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix @ x.float()
