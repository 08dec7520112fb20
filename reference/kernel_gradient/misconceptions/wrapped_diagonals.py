"""diagonals that wrap around

Your diagonals leave the matrix on the right and re-enter it on the left, which gives the nearest circulant.
In a Toeplitz matrix, these two parts are separate diagonals, each with its own mean.
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
    rows, columns = torch.arange(m)[:, None], torch.arange(n)
    place = (columns - rows).to(matrix.device) % n
    return torch.stack(
        [torch.stack([matrix[place == place[i, j]].mean() for j in range(n)]) for i in range(m)]
    )
