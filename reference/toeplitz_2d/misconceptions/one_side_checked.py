"""only the height checked

You compare the kernel's height with the image's height, but you don't compare the widths.
A kernel fits only if it fits along both axes: raise ValueError if it is too tall or too wide.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or kernel.numel() == 0 or kernel.shape[0] > height:
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, max(width - kw + 1, 0)
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b]
    return matrix
