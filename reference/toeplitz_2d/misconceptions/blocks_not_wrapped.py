"""no jump at the end of an image row

Your pattern moves one column to the right in each row of the matrix, even where a new row of outputs begins.
There the kernel must go back to the left edge, one image row down: output (r, c) starts at pixel r * width + c, not at r * ow + c.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for output in range(oh * ow):
        for a in range(kh):
            for b in range(kw):
                matrix[output, output + a * width + b] = kernel[a, b]
    return matrix
