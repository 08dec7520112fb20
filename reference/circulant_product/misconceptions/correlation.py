"""cyclic correlation instead of convolution

Your index goes the wrong way: sum_m c[(j + m) mod n] d[m] is the cyclic cross-correlation.
In the convolution the indices of c and d add up to j, modulo n; symmetric examples hide the difference.
"""

import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return torch.stack([(c.roll(-j) * d).sum() for j in range(len(c))])
