"""Calls itself recursively and adds one row in each call."""

import torch


def rows(kernel, n, i):
    if i < 0:
        return []
    return [*rows(kernel, n, i - 1), torch.nn.functional.pad(kernel, (i, n - len(kernel) - i))]


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack(rows(kernel, n, n - len(kernel)))
