"""Each row is a padded kernel; the rows are stacked."""

import torch
from torch.nn.functional import pad


def build_toeplitz_1d(kernel, n):
    if kernel.ndim != 1 or len(kernel) < 1 or len(kernel) > n:
        raise ValueError("no valid position")
    spare = n - len(kernel)
    return torch.stack([pad(kernel, (i, spare - i)) for i in range(spare + 1)])
