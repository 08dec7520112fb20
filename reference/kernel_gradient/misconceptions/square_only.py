"""right for square matrices only

You only go through the diagonals of a square matrix, so some diagonals of a wide or tall matrix keep their entries.
A matrix with m rows and n columns has m + n - 1 diagonals, from -(m - 1) to n - 1.
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
    side = min(m, n)
    rows, columns = torch.arange(m)[:, None], torch.arange(n)
    place = (columns - rows).to(matrix.device)
    projected = matrix
    for d in range(1 - side, side):
        projected = torch.where(place == d, matrix.diagonal(d).mean(), projected)
    return projected
