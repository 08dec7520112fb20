"""imaginary part lost

Your matrix is real even if c is complex.
The first column may be complex: make the matrix with dtype=c.dtype, and don't use .real.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    real = c.real
    return torch.stack([real.roll(j) for j in range(len(c))], dim=1)
