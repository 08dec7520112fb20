"""Convention: cross-correlation

Your result is the cyclic cross-correlation, sum_m c[(j + m) mod n] d[m]. The exercise asks for the cyclic convolution.
In the convolution, the indices of c and d add up to j modulo n. Symmetric examples hide the difference.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return torch.stack([(c.roll(-j) * d).sum() for j in range(len(c))])
