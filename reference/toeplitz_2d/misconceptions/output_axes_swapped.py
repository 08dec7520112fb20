"""output size from the wrong kernel axes

You subtract the kernel's width from the height and its height from the width. Square kernels hide this mistake.
There are oh = height - kh + 1 positions down and ow = width - kw + 1 positions across.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kw + 1, width - kh + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b]
    return matrix
