"""dilation ignored

Your taps are always adjacent, whatever the dilation.
Tap (a, b) is a * dh rows below tap (0, 0) and b * dw columns to the right of it, and the kernel spans dh * (kh - 1) + 1 rows.
"""

from itertools import product

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else value


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    if kernel.dim() != 2 or kernel.numel() < 1 or min(sh, sw, dh, dw) < 1 or min(ph, pw) < 0:
        raise ValueError("outside the domain")
    kh, kw = kernel.shape
    if dh * (kh - 1) >= height + 2 * ph or dw * (kw - 1) >= width + 2 * pw:
        raise ValueError("no place for the kernel")
    oh = (height + 2 * ph - kh) // sh + 1
    ow = (width + 2 * pw - kw) // sw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for i, j in product(range(oh), range(ow)):
        for a, b in product(range(kh), range(kw)):
            row, column = i * sh + a - ph, j * sw + b - pw
            if 0 <= row < height and 0 <= column < width:
                matrix[i * ow + j, row * width + column] = kernel[a, b]
    return matrix
