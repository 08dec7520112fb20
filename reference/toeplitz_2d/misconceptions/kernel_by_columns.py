"""kernel read column by column

You read the taps column by column, as in kernel.T.flatten(), and write them row by row.
Tap (a, b) is entry a * kw + b of kernel.flatten(), and lies over pixel (r + a, c + b).
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    taps = kernel.T.flatten()
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = taps[a * kw + b]
    return matrix
