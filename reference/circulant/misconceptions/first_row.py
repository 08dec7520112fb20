"""Convention: c as the first row

Your circulant has c as its first row: it is the matrix of the circular cross-correlation. The exercise asks for c as the first column.
C[i, j] = c[(i - j) mod n] is the transpose of yours: roll the columns, not the rows.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.roll(i) for i in range(len(c))])
