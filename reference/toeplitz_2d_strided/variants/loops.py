"""Four loops over the outputs and the taps."""

import torch


def both(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def build_toeplitz_2d_strided(kernel, height, width, stride=1, padding=0, dilation=1):
    if kernel.dim() != 2 or 0 in kernel.shape:
        raise ValueError("the kernel must have two axes and at least one tap")
    s, p, d = both(stride), both(padding), both(dilation)
    if min(s) < 1 or min(d) < 1 or min(p) < 0:
        raise ValueError("stride and dilation start at 1, padding at 0")
    kh, kw = kernel.shape
    room = (height + 2 * p[0] - d[0] * (kh - 1) - 1, width + 2 * p[1] - d[1] * (kw - 1) - 1)
    if min(room) < 0:
        raise ValueError("the kernel doesn't fit")
    oh, ow = room[0] // s[0] + 1, room[1] // s[1] + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for i in range(oh):
        for j in range(ow):
            for a in range(kh):
                for b in range(kw):
                    row, column = i * s[0] + a * d[0] - p[0], j * s[1] + b * d[1] - p[1]
                    if 0 <= row < height and 0 <= column < width:
                        matrix[i * ow + j, row * width + column] = kernel[a, b]
    return matrix
