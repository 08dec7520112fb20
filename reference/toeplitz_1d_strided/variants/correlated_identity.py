"""The columns of T are the results of torch's own conv1d, a cross-correlation, for the unit vectors."""

import torch
from torch.nn.functional import conv1d


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or min(stride, dilation) < 1 or padding < 0:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) >= n + 2 * padding:
        raise ValueError("no place for the kernel")
    identity = torch.eye(n, dtype=kernel.dtype, device=kernel.device)
    columns = conv1d(identity[:, None], kernel[None, None], stride=stride, padding=padding, dilation=dilation)
    return columns[:, 0].T
