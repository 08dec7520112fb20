"""toeplitz_1d: conv1d of the identity."""

import torch
import torch.nn.functional as F


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    identity = torch.eye(n, dtype=kernel.dtype, device=kernel.device)
    return F.conv1d(identity[:, None], kernel[None, None])[:, 0].T
