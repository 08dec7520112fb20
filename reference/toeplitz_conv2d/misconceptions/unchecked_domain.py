"""arguments not checked

A weight is invalid if its kernels don't fit, or if it is empty or doesn't have four axes. A stride or dilation below 1, a negative padding and groups that don't divide C_out are also invalid.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

from itertools import product

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else value


def build_toeplitz_conv2d(weight, height, width, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    out, into, kh, kw = weight.shape
    oh = max((height + 2 * ph - dh * (kh - 1) - 1) // sh + 1, 0)
    ow = max((width + 2 * pw - dw * (kw - 1) - 1) // sw + 1, 0)
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
