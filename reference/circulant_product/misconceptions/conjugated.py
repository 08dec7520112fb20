"""one column conjugated

You conjugate one of the columns, as torch.vdot and inner products do. This is right for real columns and wrong for complex ones.
A matrix product doesn't conjugate: use torch.dot, @ or a plain sum of products.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    backwards = c.flip(0)
    return torch.stack([torch.vdot(backwards.roll(j + 1), d) for j in range(len(c))])
