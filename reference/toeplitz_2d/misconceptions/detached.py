"""kernel detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches the kernel.
Copy the kernel's entries as tensors: gradients flow through slices, indexing and stack.
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
                    matrix[r * ow + c, (r + a) * width + (c + b)] = kernel[a, b].item()
    return matrix
