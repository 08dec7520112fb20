"""arguments not checked

A kernel is invalid if it is empty, doesn't have two axes, or is taller or wider than the image.
Raise ValueError before you build anything: an empty or wrong matrix would hide the mistake.
"""

import torch


def build_toeplitz_2d(kernel, height, width):
    kh, kw = kernel.shape[-2:]
    oh, ow = max(height - kh + 1, 0), max(width - kw + 1, 0)
    matrix = torch.zeros(oh, ow, height, width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            matrix[r, c, r : r + kh, c : c + kw] = kernel
    return matrix.reshape(oh * ow, height * width)
