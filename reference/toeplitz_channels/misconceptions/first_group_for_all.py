"""every group reads the first group's inputs

All your output channels read the input channels 0, 1, ... of the first group, and the columns of the other groups are zero.
Output channel o belongs to group o // (C_out / groups), and the group's first input channel is that number times C_in / groups.
"""

from itertools import product

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("the groups don't divide the output channels")
    out, into, k = weight.shape
    if dilation * (k - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    matrix = torch.zeros(out * m, groups * into * n, dtype=weight.dtype, device=weight.device)
    for o, i, c, j in product(range(out), range(m), range(into), range(k)):
        channel = c
        place = i * stride + j * dilation - padding
        if 0 <= place < n:
            matrix[o * m + i, channel * n + place] = weight[o, c, j]
    return matrix
