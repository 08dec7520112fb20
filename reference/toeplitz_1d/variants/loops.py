"""Two loops over rows and taps."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or kernel.numel() == 0 or kernel.numel() > n:
        raise ValueError(f"a kernel of shape {tuple(kernel.shape)} doesn't fit a signal of length {n}")
    rows = n - len(kernel) + 1
    matrix = torch.zeros(rows, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(rows):
        for j in range(len(kernel)):
            matrix[i, i + j] = kernel[j]
    return matrix
