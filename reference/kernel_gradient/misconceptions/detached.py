"""inputs detached from autograd

Your results are built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient passes through them.
Compute with the tensors themselves: gradients flow through sums, products, means and stack.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    taps = [float(x[j : j + len(grad_y)] @ grad_y) for j in range(k)]
    return torch.tensor(taps, dtype=x.dtype, device=x.device)


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    matrix = matrix.detach()
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
