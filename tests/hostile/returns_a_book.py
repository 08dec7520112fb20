"""Returns nested lists of long texts, to make the report as large as it can."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return [["x" * 1000] * 1000 for _ in range(3)]
