"""Each kernel row gives a 1-D Toeplitz block; a shift matrix selects the blocks where it appears."""

import torch
from torch.nn.functional import pad


def toeplitz(row, n):
    spare = n - len(row)
    return torch.stack([pad(row, (i, spare - i)) for i in range(spare + 1)])


def build_toeplitz_2d(kernel, height, width):
    if kernel.ndim != 2 or 0 in kernel.shape:
        raise ValueError("expected a kernel with two axes and at least one tap")
    kh, kw = kernel.shape
    if height < kh or width < kw:
        raise ValueError("expected an image at least as large as the kernel")
    taps = torch.eye(kh, dtype=kernel.dtype, device=kernel.device)
    return sum(torch.kron(toeplitz(taps[a], height), toeplitz(kernel[a], width)) for a in range(kh))
