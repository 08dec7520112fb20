"""dtype fixed to float32

You always compute in float32 or complex64, so float64 and complex128 lose half of their digits.
Compute in the inputs' dtype, and don't convert.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    kind = torch.complex64 if c.is_complex() else torch.float32
    first, second = c.to(kind), d.to(kind)
    return torch.stack([first.roll(m) * second[m] for m in range(len(c))]).sum(dim=0)
