"""mean instead of sum

Your gradient is averaged over the positions, so it is too small by a factor equal to the number of outputs.
Each tap is used at all positions, and each position contributes to the loss: add up the contributions.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    return torch.stack([x[j : j + len(grad_y)] @ grad_y / len(grad_y) for j in range(k)])


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
