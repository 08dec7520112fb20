"""The columns of T are the results of torch's own conv2d, a cross-correlation, for the unit images."""

import torch
from torch.nn.functional import conv2d


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    s, p, d = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    if weight.dim() != 4 or weight.numel() == 0 or min(*s, *d, groups) < 1 or min(p) < 0:
        raise ValueError("outside the domain")
    if weight.shape[0] % groups:
        raise ValueError("the groups don't divide the outputs")
    for side, k, around, apart in zip((height, width), weight.shape[2:], p, d, strict=True):
        if apart * (k - 1) >= side + 2 * around:
            raise ValueError("no place for the kernel")
    entries = groups * weight.shape[1] * height * width
    units = torch.eye(entries, dtype=weight.dtype, device=weight.device).reshape(entries, -1, height, width)
    return conv2d(units, weight, stride=s, padding=p, dilation=d, groups=groups).flatten(1).T
