"""Computes its rows in a pool of threads."""

from concurrent.futures import ThreadPoolExecutor

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    with ThreadPoolExecutor(4) as pool:
        rows = pool.map(lambda i: torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)), range(n - len(kernel) + 1))
        return torch.stack([*rows])
