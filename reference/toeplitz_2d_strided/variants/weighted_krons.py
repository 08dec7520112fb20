"""Sum over the taps: each tap times the Kronecker product of a row selection and a column selection."""

import torch


def selections(side, k, stride, padding, dilation, like):
    """Return (k, positions, side): 1 where tap j lies on pixel c when the kernel is at position i."""
    room = side + 2 * padding - dilation * (k - 1)
    if stride < 1 or dilation < 1 or padding < 0 or room < 1:
        raise ValueError("outside the domain")
    taps = torch.arange(k, device=like.device)[:, None, None]
    places = torch.arange((room - 1) // stride + 1, device=like.device)[:, None]
    pixels = torch.arange(side, device=like.device)
    return (places * stride + taps * dilation - padding == pixels).to(like.dtype)


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    if kernel.dim() != 2 or kernel.numel() == 0:
        raise ValueError("not a kernel")
    geometry = [(v, v) if isinstance(v, int) else v for v in (stride, padding, dilation)]
    vertical = selections(height, kernel.shape[0], *(v[0] for v in geometry), kernel)
    horizontal = selections(width, kernel.shape[1], *(v[1] for v in geometry), kernel)
    blocks = torch.einsum("ab,air,bjc->ijrc", kernel, vertical, horizontal)
    return blocks.flatten(2).flatten(0, 1)
