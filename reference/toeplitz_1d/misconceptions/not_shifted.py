"""rows not shifted

Every row of your matrix starts with the kernel at column 0.
Row i is the window that starts at x[i], so its kernel starts at column i.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("kernel")
    k = len(kernel)
    matrix = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    matrix[:, :k] = kernel
    return matrix
