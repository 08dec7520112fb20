"""Sum, over all taps, the Kronecker products of three matrices: channels, rows and columns."""

import torch


def selections(side, k, stride, padding, dilation, like):
    """Return a (k, places, side) tensor: 1 where tap j lies on pixel c for kernel position i."""
    room = side + 2 * padding - dilation * (k - 1)
    if stride < 1 or dilation < 1 or padding < 0 or room < 1:
        raise ValueError("outside the domain")
    taps = torch.arange(k, device=like.device)[:, None, None]
    places = torch.arange((room - 1) // stride + 1, device=like.device)[:, None]
    pixels = torch.arange(side, device=like.device)
    return (places * stride + taps * dilation - padding == pixels).to(like.dtype)


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 4 or weight.numel() == 0 or groups < 1 or len(weight) % groups:
        raise ValueError("not a weight")
    geometry = [(v, v) if isinstance(v, int) else v for v in (stride, padding, dilation)]
    vertical = selections(height, weight.shape[2], *(v[0] for v in geometry), weight)
    horizontal = selections(width, weight.shape[3], *(v[1] for v in geometry), weight)
    own = torch.eye(groups, dtype=weight.dtype, device=weight.device)
    parts = weight.unflatten(0, (groups, -1))
    blocks = torch.einsum("gocab,gh,air,bjt->goijhcrt", parts, own, vertical, horizontal)
    return blocks.flatten(4).flatten(0, 3)
