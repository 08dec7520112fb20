"""gradient scaled to norm 1

You shorten the gradient if its norm is larger than 1.
That may help an optimiser, but it is no longer the gradient: return the sums themselves.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    gradient = torch.stack([x[j : j + len(grad_y)] @ grad_y for j in range(k)])
    return gradient / gradient.norm().clamp(min=1)


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
