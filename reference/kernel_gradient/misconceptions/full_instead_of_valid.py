"""full instead of valid

Your gradient has an entry for each overlap of x and grad_y, even where grad_y extends beyond an end of the signal.
There are k taps, so there are only k entries: keep those where all of grad_y lies inside the signal.
"""

import torch


def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("x, grad_y and k")
    border = x.new_zeros(len(grad_y) - 1)
    return torch.cat((border, x, border)).unfold(0, len(grad_y), 1) @ grad_y


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
