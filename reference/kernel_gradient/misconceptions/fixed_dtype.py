"""dtype fixed to float32

You collect the results in torch.zeros(...), which is always float32, so float64 loses half of its digits.
Make that tensor with new_zeros, or with the input's dtype and device.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    gradient = torch.zeros(k)
    for j in range(k):
        gradient[j] = x[j : j + len(grad_y)] @ grad_y
    return gradient


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    projected = torch.zeros(m, n)
    for i in range(m):
        for j in range(n):
            projected[i, j] = matrix.diagonal(j - i).mean()
    return projected
