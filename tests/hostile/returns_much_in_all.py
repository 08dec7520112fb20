"""Returns megabytes for each call: in all more than there is."""

import torch


def build_toeplitz_1d(kernel, n):
    answer = torch.arange(4_000_000, dtype=torch.float64) + kernel.sum().item()
    with torch.no_grad():
        kernel.add_(1)
    return answer
