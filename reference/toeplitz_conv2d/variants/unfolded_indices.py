"""Unfold an image of pixel indices to find each row's tap positions, which all channels share."""

import torch
from torch.nn.functional import unfold


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    s, p, d = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    if (
        weight.dim() != 4
        or weight.numel() < 1
        or min(*s, *d, groups) < 1
        or min(p) < 0
        or len(weight) % groups
    ):
        raise ValueError("outside the domain")
    out, into, kh, kw = weight.shape
    if height + 2 * p[0] <= d[0] * (kh - 1) or width + 2 * p[1] <= d[1] * (kw - 1):
        raise ValueError("the kernel doesn't fit")
    numbers = torch.arange(1, height * width + 1, dtype=torch.float64, device=weight.device)
    patches = unfold(numbers.reshape(1, 1, height, width), (kh, kw), stride=s, padding=p, dilation=d)
    columns = patches[0].T.long()
    # One matrix for each pair of channels; the padding's taps go to a column 0 that is dropped.
    blocks = weight.new_zeros(out, into, len(columns), height * width + 1)
    taps = weight.flatten(2)[:, :, None].expand(-1, -1, len(columns), -1)
    blocks = blocks.scatter(3, columns.expand(out, into, -1, -1), taps)[..., 1:]
    grids = blocks.transpose(1, 2).flatten(2).flatten(0, 1)
    return torch.block_diag(*grids.chunk(groups))
