"""arguments not checked

A kernel is invalid if it doesn't fit, is empty or doesn't have two axes. A stride or dilation below 1 and a negative padding are also invalid.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

from itertools import product

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else value


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = kernel.shape[:2]
    oh = max((height + 2 * ph - dh * (kh - 1) - 1) // sh + 1, 0)
    ow = max((width + 2 * pw - dw * (kw - 1) - 1) // sw + 1, 0)
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for i, j in product(range(oh), range(ow)):
        for a, b in product(range(kh), range(kw)):
            row, column = i * sh + a * dh - ph, j * sw + b * dw - pw
            if 0 <= row < height and 0 <= column < width:
                matrix[i * ow + j, row * width + column] = kernel[a, b]
    return matrix
