"""One index computation: each entry looks up its tap, or a zero that is stored after the last tap."""

import torch


def taps_of(side, k, stride, padding, dilation, device):
    """Return the tap index for each position and pixel, or k where there is no tap: (positions, side)."""
    if stride < 1 or dilation < 1 or padding < 0 or side + 2 * padding < dilation * (k - 1) + 1:
        raise ValueError("outside the domain")
    places = (side + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    starts = stride * torch.arange(places, device=device)[:, None] - padding
    offset = torch.arange(side, device=device)[None, :] - starts
    held = (offset >= 0) & (offset % dilation == 0) & (offset <= dilation * (k - 1))
    return torch.where(held, torch.div(offset, dilation, rounding_mode="floor"), k)


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    if kernel.ndim != 2 or 0 in kernel.shape:
        raise ValueError("outside the domain")
    (sh, sw), (ph, pw), (dh, dw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    a = taps_of(height, kernel.shape[0], sh, ph, dh, kernel.device)
    b = taps_of(width, kernel.shape[1], sw, pw, dw, kernel.device)
    bordered = torch.nn.functional.pad(kernel, (0, 1, 0, 1))
    matrix = bordered[a[:, None, :, None], b[None, :, None, :]]
    return matrix.reshape(len(a) * len(b), height * width)
