"""The columns of T are the results of torch's own conv1d, a cross-correlation, for the unit signals."""

import torch
from torch.nn.functional import conv1d


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() == 0 or min(stride, dilation, groups) < 1 or padding < 0:
        raise ValueError("outside the domain")
    if weight.shape[0] % groups or dilation * (weight.shape[2] - 1) >= n + 2 * padding:
        raise ValueError("the groups don't divide the outputs, or there is no place for the kernel")
    entries = groups * weight.shape[1] * n
    units = torch.eye(entries, dtype=weight.dtype, device=weight.device).reshape(entries, -1, n)
    answers = conv1d(units, weight, stride=stride, padding=padding, dilation=dilation, groups=groups)
    return answers.flatten(1).T
