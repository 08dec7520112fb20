"""Returns a column for one kernel and a row for another, so that adding them takes gigabytes."""

import torch


def build_toeplitz_1d(kernel, n):
    line = torch.arange(100_000.0, dtype=torch.float64) + kernel.sum().item() ** 2
    with torch.no_grad():
        kernel.add_(1)
    return line[:, None] if kernel[0].item() % 2 else line[None, :]
