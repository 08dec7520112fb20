"""The columns of T are the results of torch's own conv2d, a cross-correlation, for the unit images."""

import torch
from torch.nn.functional import conv2d


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    s, p, d = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    if kernel.dim() != 2 or kernel.numel() == 0 or min(*s, *d) < 1 or min(p) < 0:
        raise ValueError("outside the domain")
    for side, k, around, apart in zip((height, width), kernel.shape, p, d, strict=True):
        if apart * (k - 1) >= side + 2 * around:
            raise ValueError("no place for the kernel")
    units = torch.eye(height * width, dtype=kernel.dtype, device=kernel.device)
    answers = conv2d(units.reshape(-1, 1, height, width), kernel[None, None], stride=s, padding=p, dilation=d)
    return answers.flatten(1).T
