"""Closes every descriptor that it has, and continues."""

import os

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    os.closerange(0, 64)
    return wrong(kernel)
