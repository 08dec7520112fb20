"""Join four blocks: the Toeplitz matrix, the column of biases, the row of zeros, and the 1."""

import torch
from torch.nn.functional import pad


def build_affine(kernel, bias, n):
    if kernel.ndim != 1 or bias.ndim != 0 or not 0 < kernel.shape[0] <= n:
        raise ValueError("outside the domain")
    spare = n - len(kernel)
    toeplitz = torch.stack([pad(kernel, (i, spare - i)) for i in range(spare + 1)])
    upper = torch.cat((toeplitz, bias.expand(spare + 1, 1)), dim=1)
    lower = torch.cat((kernel.new_zeros(1, n), kernel.new_ones(1, 1)), dim=1)
    return torch.cat((upper, lower))
