"""Makes the processor treat subnormal numbers as zero, and gives torch two threads."""

import torch

torch.set_flush_denormal(True)
torch.set_num_threads(2)


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix
