"""One index computation: the weight of pixel (i, j) in output (r, c) is tap (i - r, j - c), or a padded zero."""

import torch
from torch.nn.functional import pad


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or min(kernel.shape) < 1:
        raise ValueError("the kernel must be a non-empty matrix")
    kh, kw = kernel.shape
    if kh > height or kw > width:
        raise ValueError("the kernel must fit into the image")
    oh, ow = height - kh + 1, width - kw + 1
    down = torch.arange(height, device=kernel.device) - torch.arange(oh, device=kernel.device)[:, None]
    right = torch.arange(width, device=kernel.device) - torch.arange(ow, device=kernel.device)[:, None]
    down = torch.where((down >= 0) & (down < kh), down, kh)
    right = torch.where((right >= 0) & (right < kw), right, kw)
    padded = pad(kernel, (0, 1, 0, 1))
    return padded[down[:, None, :, None], right[None, :, None, :]].reshape(oh * ow, height * width)
