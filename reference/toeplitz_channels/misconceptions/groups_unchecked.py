"""groups not checked

You check everything except the groups, so with 3 output channels in 2 groups you return a wrong matrix or raise an unrelated error.
Each group has C_out / groups outputs: raise ValueError when groups is below 1 or doesn't divide weight.shape[0].
"""

from itertools import product

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.dim() != 3 or weight.numel() < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    out, into, k = weight.shape
    if dilation * (k - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    matrix = torch.zeros(out * m, groups * into * n, dtype=weight.dtype, device=weight.device)
    for o, i, c, j in product(range(out), range(m), range(into), range(k)):
        channel = o // (out // groups) * into + c
        place = i * stride + j * dilation - padding
        if 0 <= place < n:
            matrix[o * m + i, channel * n + place] = weight[o, c, j]
    return matrix
