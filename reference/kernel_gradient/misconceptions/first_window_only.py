"""one place only

Your gradient counts each tap only for the first output.
The kernel is used at every position: entry j is the sum of grad_y[i] * x[i + j] over all i.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    return x[:k] * grad_y[0]


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
