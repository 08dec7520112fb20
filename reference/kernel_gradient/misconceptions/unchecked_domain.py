"""arguments not checked

A grad_y without n - k + 1 entries belongs to a different kernel, and an empty or 1-D "matrix" has no diagonals.
Raise ValueError before you compute anything: a wrong result would hide the mistake.
"""

import torch


def kernel_gradient(x, grad_y, k):
    taps = [x[j : j + len(grad_y)] @ grad_y for j in range(k)]
    return torch.stack(taps) if taps else x.new_zeros(0)


def project_to_toeplitz(matrix):
    m, n = matrix.shape
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    return torch.stack([torch.stack([means[j - i] for j in range(n)]) for i in range(m)])
