"""Convention: column-major vec

Your matrix is for images read column by column, with (r, c) at c * height + r, as in MATLAB and Fortran. The exercise asks for row-major vec, as in Tensor.flatten.
Pixel (r, c) is entry r * width + c, and output (r, c) is row r * ow + c.
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
            for a in range(kh):
                for b in range(kw):
                    matrix[c * oh + r, (c + b) * height + (r + a)] = kernel[a, b]
    return matrix
