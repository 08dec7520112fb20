"""toeplitz_1d: vmap over the rows of the identity."""

import torch
import torch.nn.functional as F


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    identity = torch.eye(n, dtype=kernel.dtype, device=kernel.device)
    return torch.vmap(lambda row: row.unfold(0, len(kernel), 1) @ kernel)(identity).T
