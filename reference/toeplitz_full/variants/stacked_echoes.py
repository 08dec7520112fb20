"""Stack the columns, each of which is a padded kernel (one echo)."""

import torch
from torch.nn.functional import pad


def build_toeplitz_full(h, n):
    if h.ndim != 1 or h.shape[0] == 0 or n <= 0:
        raise ValueError("expected a kernel, and signals of at least one entry")
    return torch.stack([pad(h, (i, n - 1 - i)) for i in range(n)], dim=1)
