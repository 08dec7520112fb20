"""The columns of T are the cross-correlations of the kernel with images that have a single pixel set."""

import torch
from torch.nn.functional import conv2d


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or not (0 < kernel.shape[0] <= height and 0 < kernel.shape[1] <= width):
        raise ValueError("no valid position")
    pixels = torch.eye(height * width, dtype=kernel.dtype, device=kernel.device)
    outputs = conv2d(pixels.reshape(-1, 1, height, width), kernel[None, None])
    return outputs.flatten(1).T
