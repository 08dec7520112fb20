"""first row instead of first column

Your matrix has c in its first row: it is the transpose, which belongs to the circular cross-correlation.
Here c is the first column, C[i, j] = c[(i - j) mod n]; roll the columns, not the rows.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.roll(i) for i in range(len(c))])
