"""Returns megabytes in each call: in total, more than the available memory."""

import torch


def build_toeplitz_1d(kernel, n):
    answer = torch.arange(4_000_000, dtype=torch.float64) + kernel.sum().item()
    with torch.no_grad():
        kernel.add_(1)
    return answer
