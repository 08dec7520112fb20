"""Returns an integer that is too large for a message and for a 64-bit JSON number."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return 2**64
