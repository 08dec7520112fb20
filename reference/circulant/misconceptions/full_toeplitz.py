"""linear instead of cyclic

Your matrix has 2n - 1 rows: it is the matrix of the linear convolution, where the signal has ends.
A circulant is n by n: the rows after the n-th are added to the first ones.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    n = len(c)
    matrix = torch.zeros(2 * n - 1, n, dtype=c.dtype, device=c.device)
    for j in range(n):
        matrix[j : j + n, j] = c
    return matrix
