"""One index computation: entry (i, c) is the tap (c + p - i s) / d where that is a whole number in range."""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or kernel.shape[0] == 0 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("outside the domain")
    k = kernel.shape[0]
    if n + 2 * padding < dilation * (k - 1) + 1:
        raise ValueError("the kernel is longer than the padded signal")
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    starts = stride * torch.arange(m, device=kernel.device)[:, None]
    offset = torch.arange(n, device=kernel.device)[None, :] + padding - starts
    tap = torch.div(offset, dilation, rounding_mode="floor")
    held = (offset % dilation == 0) & (tap >= 0) & (tap < k)
    padded = torch.cat((kernel, kernel.new_zeros(1)))
    return padded[torch.where(held, tap, k)]
