"""The columns of T are the cross-correlations of the unit vectors with the kernel."""

import torch
from torch.nn.functional import conv1d


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= kernel.shape[0] <= n:
        raise ValueError("no valid position")
    identity = torch.eye(n, dtype=kernel.dtype, device=kernel.device)
    return conv1d(identity[:, None], kernel[None, None])[:, 0].T
