"""Convention: true convolution

Your gradient is for a layer that computes the true convolution, where tap j meets x[i + k - 1 - j]. The exercise asks for the cross-correlation.
In the cross-correlation, tap j meets x[i + j], so its gradient has the same numbers in reverse order.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    return torch.stack([x[j : j + len(grad_y)] @ grad_y for j in range(k)]).flip(0)


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
