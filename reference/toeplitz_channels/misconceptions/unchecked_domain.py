"""arguments not checked

A weight is invalid if its kernels don't fit, or if it is empty or doesn't have three axes. A stride or dilation below 1 and a negative padding are also invalid.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

from itertools import product

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    out, into, k = weight.shape
    m = max((n + 2 * padding - dilation * (k - 1) - 1) // stride + 1, 0)
    matrix = torch.zeros(out * m, groups * into * n, dtype=weight.dtype, device=weight.device)
    for o, i, c, j in product(range(out), range(m), range(into), range(k)):
        channel = o // (out // groups) * into + c
        place = i * stride + j * dilation - padding
        if 0 <= place < n:
            matrix[o * m + i, channel * n + place] = weight[o, c, j]
    return matrix
