"""anti-diagonals

You average entries with the same i + j, from the upper right to the lower left, which gives the nearest Hankel matrix.
In a Toeplitz matrix, entries with the same j - i are equal, from the upper left to the lower right.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    return torch.stack([x[j : j + len(grad_y)] @ grad_y for j in range(k)])


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.flip(1).diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[n - 1 - j - i] for j in range(n)]) for i in range(m)])
