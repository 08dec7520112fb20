"""Apply the three laws in turn: spread the kernel, stack its rows over the padded signal, then cut."""

import torch
from torch.nn.functional import pad


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) == 0:
        raise ValueError("not a kernel")
    if stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("not a layer")
    gaps = kernel.new_zeros(len(kernel), dilation - 1)
    spread = torch.cat((kernel[:, None], gaps), dim=1).flatten()[: dilation * (len(kernel) - 1) + 1]
    spare = n + 2 * padding - len(spread)
    if spare < 0:
        raise ValueError("no valid position")
    matrix = torch.stack([pad(spread, (i, spare - i)) for i in range(spare + 1)])
    return matrix[::stride, padding : padding + n]
