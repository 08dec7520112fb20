"""toeplitz_1d: scatter, with indices made on the device."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows, k = n - len(kernel) + 1, len(kernel)
    index = torch.arange(rows, device=kernel.device)[:, None] + torch.arange(k, device=kernel.device)
    return kernel.new_zeros(rows, n).scatter(1, index, kernel.expand(rows, k))
