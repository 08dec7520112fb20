"""T is a sum of 0/1 matrices, one for each tap, weighted by the taps."""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or kernel.numel() < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("outside the domain")
    k, device = kernel.numel(), kernel.device
    room = n + 2 * padding - dilation * (k - 1)
    if room < 1:
        raise ValueError("the kernel doesn't fit")
    taps = torch.arange(k, device=device)[:, None, None]
    rows = torch.arange((room - 1) // stride + 1, device=device)[None, :, None]
    columns = torch.arange(n, device=device)[None, None, :]
    selections = rows * stride + taps * dilation - padding == columns
    return torch.einsum("j,jic->ic", kernel, selections.to(kernel.dtype))
