"""output size from the wrong axes

You take the kernel's height and width from weight.shape[1] and weight.shape[2], which works only when C_in / groups, kh and kw are equal.
The weight is (C_out, C_in / groups, kh, kw): the kernel's size is in its last two axes.
"""

from itertools import product

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else value


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    if weight.dim() != 4 or weight.numel() < 1 or min(sh, sw, dh, dw) < 1 or min(ph, pw) < 0:
        raise ValueError("outside the domain")
    if groups < 1 or weight.shape[0] % groups:
        raise ValueError("the groups don't divide the output channels")
    out, into, kh, kw = weight.shape
    if dh * (kh - 1) >= height + 2 * ph or dw * (kw - 1) >= width + 2 * pw:
        raise ValueError("no place for the kernel")
    oh = max((height + 2 * ph - dh * (into - 1) - 1) // sh + 1, 0)
    ow = max((width + 2 * pw - dw * (kh - 1) - 1) // sw + 1, 0)
    size = (out * oh * ow, groups * into * height * width)
    matrix = torch.zeros(size, dtype=weight.dtype, device=weight.device)
    for o, i, j in product(range(out), range(oh), range(ow)):
        for c, a, b in product(range(into), range(kh), range(kw)):
            channel = o // (out // groups) * into + c
            row, column = i * sh + a * dh - ph, j * sw + b * dw - pw
            if 0 <= row < height and 0 <= column < width:
                entry = (o * oh + i) * ow + j, (channel * height + row) * width + column
                matrix[entry] = weight[o, c, a, b]
    return matrix
