"""dtype fixed to float32

torch.zeros(n, n) is always float32: a float64 c loses half of its digits, and a complex c loses its imaginary part.
Make the matrix with dtype=c.dtype, device=c.device, or with c.new_zeros(n, n).
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    matrix = torch.zeros(len(c), len(c))
    for j in range(len(c)):
        matrix[:, j] = c.roll(j).real
    return matrix
