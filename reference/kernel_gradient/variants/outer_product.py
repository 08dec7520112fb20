"""Sum along the diagonals of the outer product, and average along the diagonals of the matrix."""

import torch


def kernel_gradient(x, grad_y, k):
    if x.ndim != 1 or grad_y.ndim != 1 or not 1 <= k <= len(x) or grad_y.numel() + k != x.numel() + 1:
        raise ValueError("the lengths don't fit")
    product = torch.outer(grad_y, x)
    return torch.stack([product.diagonal(j).sum() for j in range(k)])


def project_to_toeplitz(matrix):
    if matrix.ndim != 2 or min(matrix.shape) == 0:
        raise ValueError("no matrix")
    height, width = matrix.shape
    means = torch.stack([matrix.diagonal(d).mean() for d in range(1 - height, width)])
    rows = torch.arange(height, device=matrix.device)[:, None]
    columns = torch.arange(width, device=matrix.device)
    return means[columns - rows + height - 1]
