"""input changed in place

Your projection writes the means into the input matrix.
The caller still uses that matrix: write into a copy, matrix.clone().
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
    means = [[matrix.diagonal(j - i).mean() for j in range(n)] for i in range(m)]
    projected = torch.stack([torch.stack(row) for row in means])
    with torch.no_grad():
        matrix.copy_(projected)
    return projected
