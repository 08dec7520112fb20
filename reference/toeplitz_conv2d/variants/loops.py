"""Write one entry at a time, looping over channels, outputs and taps."""

from itertools import product

import torch


def both(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    if weight.ndim != 4 or 0 in weight.shape or groups < 1 or len(weight) % groups != 0:
        raise ValueError("the weight must be (C_out, C_in / groups, kh, kw)")
    s, p, d = both(stride), both(padding), both(dilation)
    if min(s) < 1 or min(d) < 1 or min(p) < 0:
        raise ValueError("stride and dilation start at 1, padding at 0")
    out, into, kh, kw = weight.shape
    room = (height + 2 * p[0] - d[0] * (kh - 1) - 1, width + 2 * p[1] - d[1] * (kw - 1) - 1)
    if min(room) < 0:
        raise ValueError("the kernel doesn't fit")
    oh, ow = room[0] // s[0] + 1, room[1] // s[1] + 1
    columns = groups * into * height * width
    matrix = torch.zeros(out * oh * ow, columns, dtype=weight.dtype, device=weight.device)
    for number, (o, i, j) in enumerate(product(range(out), range(oh), range(ow))):
        group = o * groups // out
        for c, a, b in product(range(into), range(kh), range(kw)):
            row, column = i * s[0] + a * d[0] - p[0], j * s[1] + b * d[1] - p[1]
            if row in range(height) and column in range(width):
                matrix[number, ((group * into + c) * height + row) * width + column] = weight[o, c, a, b]
    return matrix
