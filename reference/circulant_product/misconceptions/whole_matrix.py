"""matrix instead of its first column

You return C D itself, with n rows and n columns.
The exercise asks only for its first column, which determines it.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    first, second = (torch.stack([column.roll(j) for j in range(len(c))], dim=1) for column in (c, d))
    return first @ second
