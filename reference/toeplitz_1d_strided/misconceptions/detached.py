"""kernel detached from autograd

Your matrix is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches the kernel.
Copy the kernel's entries as tensors: gradients flow through slices, indexing and stack.
"""

import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("outside the domain")
    if dilation * (len(kernel) - 1) + 1 > n + 2 * padding:
        raise ValueError("no place for the kernel")
    k = len(kernel)
    m = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    taps = kernel.tolist()
    matrix = torch.zeros(m, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        for j in range(k):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:
                matrix[i, column] = taps[j]
    return matrix
