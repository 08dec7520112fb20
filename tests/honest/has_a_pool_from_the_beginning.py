"""Computes its rows in threads that it started while it was loaded."""

from concurrent.futures import ThreadPoolExecutor

import torch

pool = ThreadPoolExecutor(2)
pool.submit(int).result()


def row(kernel, n, i):
    return torch.nn.functional.pad(kernel, (i, n - len(kernel) - i))


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack([*pool.map(lambda i: row(kernel, n, i), range(n - len(kernel) + 1))])
