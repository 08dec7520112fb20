"""band only

You keep only the diagonals where the taps of a kernel would be, and set all others to zero.
A Toeplitz matrix may have numbers on all of its m + n - 1 diagonals; each gets its own mean.
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
    means = {d: matrix.diagonal(d).mean() for d in range(1 - m, n)}
    zero = torch.zeros_like(matrix[0, 0])
    band = range(max(n - m, 0) + 1)
    return torch.stack(
        [torch.stack([means[j - i] if j - i in band else zero for j in range(n)]) for i in range(m)]
    )
