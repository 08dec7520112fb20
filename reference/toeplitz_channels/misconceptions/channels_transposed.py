"""Convention: input channels first

You read the weight as (C_in, C_out / groups, k), as a transposed convolution stores it. The exercise has the output channels first.
weight[o, c] is the kernel from input channel c of its group to output channel o.
"""

from itertools import product

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("the groups don't divide the output channels")
    into, out, k = weight.shape[0] // groups, weight.shape[1] * groups, weight.shape[2]
    if dilation * (k - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    matrix = torch.zeros(out * m, groups * into * n, dtype=weight.dtype, device=weight.device)
    for o, i, c, j in product(range(out), range(m), range(into), range(k)):
        channel = o // (out // groups) * into + c
        place = i * stride + j * dilation - padding
        if 0 <= place < n:
            matrix[o * m + i, channel * n + place] = weight[channel, o % (out // groups), j]
    return matrix
