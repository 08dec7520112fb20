"""no wrap-around

Your matrix is zero above its diagonal, as if nothing came before the first sample.
On a ring nothing is lost: entries that leave a column at the bottom come back at the top, as c[(i - j) mod n].
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    n = len(c)
    matrix = torch.zeros(n, n, dtype=c.dtype, device=c.device)
    for i in range(n):
        for j in range(i + 1):
            matrix[i, j] = c[i - j]
    return matrix
