"""Raises SystemExit with code 0 while it is loaded."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


raise SystemExit(0)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
