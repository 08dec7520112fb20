"""kernel rows side by side

You write the flattened kernel into the row as one run of kh * kw taps.
The kernel's second row belongs one image row further down: tap (a, b) is a * width + b columns after the first tap, not a * kw + b.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            start = r * width + c
            matrix[r * ow + c, start : start + kh * kw] = kernel.flatten()
    return matrix
