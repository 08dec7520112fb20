"""One index computation: entry (i, c) is the tap c - i, taken from a padded kernel."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 0 < kernel.shape[0] <= n:
        raise ValueError("the kernel must be a non-empty vector that fits into the signal")
    k = kernel.shape[0]
    rows = torch.arange(n - k + 1, device=kernel.device)[:, None]
    columns = torch.arange(n, device=kernel.device)[None, :]
    tap = columns - rows
    padded = torch.cat((kernel, kernel.new_zeros(1)))
    return padded[torch.where((tap >= 0) & (tap < k), tap, k)]
