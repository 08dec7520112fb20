"""Each column is the layer's output for a unit vector minus the last column, its output for zeros."""

import torch
from torch.nn.functional import conv1d, pad


def build_affine(kernel, bias, n):
    if kernel.dim() != 1 or len(kernel) < 1 or len(kernel) > n or bias.dim():
        raise ValueError("expected (k,) and () with 1 <= k <= n")
    signals = torch.cat((torch.eye(n), torch.zeros(1, n))).to(kernel)
    outputs = conv1d(signals[:, None], kernel[None, None])[:, 0].T
    shift = torch.zeros(n + 1).to(kernel)
    shift[n] = 1
    return torch.cat((outputs + bias * shift, pad(kernel.new_ones(1, 1), (n, 0))))
