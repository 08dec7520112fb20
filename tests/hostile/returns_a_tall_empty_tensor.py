"""Returns an empty tensor with a trillion rows."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)[:0].reshape(1 << 40, 0)
