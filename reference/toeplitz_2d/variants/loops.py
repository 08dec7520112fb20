"""Four loops over the outputs and the taps."""

import torch


def build_toeplitz_2d(kernel, height, width):
    if kernel.dim() != 2 or kernel.numel() == 0 or kernel.shape[0] > height or kernel.shape[1] > width:
        raise ValueError(f"a kernel of shape {tuple(kernel.shape)} doesn't fit into {height} x {width}")
    kh, kw = kernel.shape
    oh, ow = height - kh + 1, width - kw + 1
    matrix = torch.zeros(oh * ow, height * width, dtype=kernel.dtype, device=kernel.device)
    for r in range(oh):
        for c in range(ow):
            for a in range(kh):
                for b in range(kw):
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b]
    return matrix
