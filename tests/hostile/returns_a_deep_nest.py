"""Returns a list nested a hundred thousand deep."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    result = [wrong(kernel)]
    for _ in range(100_000):
        result = [result]
    return result
