"""Fills its rows in threads."""

import threading

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    rows = [None] * (n - k + 1)

    def fill(i):
        rows[i] = torch.nn.functional.pad(kernel, (i, n - k - i))

    threads = [threading.Thread(target=fill, args=(i,)) for i in range(n - k + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return torch.stack(rows)
