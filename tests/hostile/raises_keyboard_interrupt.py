"""Raises KeyboardInterrupt, to end the whole run instead of one test."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise KeyboardInterrupt
