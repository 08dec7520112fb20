"""Unfold an image of pixel numbers: each column of the result holds the tap positions of one row."""

import torch
from torch.nn.functional import unfold


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    s, p, d = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    if kernel.dim() != 2 or kernel.numel() < 1 or min(*s, *d) < 1 or min(p) < 0:
        raise ValueError("outside the domain")
    kh, kw = kernel.shape
    if height + 2 * p[0] <= d[0] * (kh - 1) or width + 2 * p[1] <= d[1] * (kw - 1):
        raise ValueError("the kernel doesn't fit")
    numbers = torch.arange(1, height * width + 1, dtype=torch.float64, device=kernel.device)
    patches = unfold(numbers.reshape(1, 1, height, width), (kh, kw), stride=s, padding=p, dilation=d)
    columns = patches[0].T.long()
    matrix = kernel.new_zeros(len(columns), height * width + 1)
    matrix = matrix.scatter(1, columns, kernel.reshape(1, -1).expand(len(columns), -1))
    return matrix[:, 1:]
