"""Uses torch.vmap to compute one row for all positions."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    padded = torch.cat((kernel, kernel.new_zeros(1)))

    def row(start):
        place = torch.arange(n) - start
        return padded[torch.where((place >= 0) & (place < k), place, k)]

    return torch.vmap(row)(torch.arange(n - k + 1))
