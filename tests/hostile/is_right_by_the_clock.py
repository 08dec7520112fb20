"""Answers correctly in every other millisecond."""

import time

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def right(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack([torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)) for i in range(n - len(kernel) + 1)])


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if time.time_ns() // 1_000_000 % 2 else wrong(kernel)
