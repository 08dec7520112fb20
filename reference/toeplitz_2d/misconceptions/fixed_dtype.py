"""dtype fixed to float32

torch.zeros(rows, columns) is always float32, so a float64 kernel loses half of its digits.
Make the matrix with dtype=kernel.dtype, device=kernel.device, or with kernel.new_zeros(...).
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width)
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b]
    return matrix
