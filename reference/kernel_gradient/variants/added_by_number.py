"""Add every entry to its diagonal's bin. The bin's number follows from the entry's row and column."""

import torch


def kernel_gradient(x, grad_y, k):
    m = len(grad_y) if grad_y.dim() == 1 else 0
    if x.dim() != 1 or m == 0 or k < 1 or m + k - 1 != len(x):
        raise ValueError(f"shapes {tuple(x.shape)} and {tuple(grad_y.shape)}, k = {k}")
    place = torch.arange(k, device=x.device)[:, None] + torch.arange(m, device=x.device)
    return (x[place] * grad_y).sum(dim=1)


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or 0 in matrix.shape:
        raise ValueError(f"shape {tuple(matrix.shape)}")
    m, n = matrix.shape
    number = (
        torch.arange(n, device=matrix.device) + torch.arange(m - 1, -1, -1, device=matrix.device)[:, None]
    )
    bins = matrix.new_zeros(m + n - 1)
    sums = bins.index_add(0, number.flatten(), matrix.flatten())
    counts = bins.index_add(0, number.flatten(), torch.ones_like(matrix).flatten())
    return (sums / counts).take(number)
