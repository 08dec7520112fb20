"""toeplitz_1d: each tap fills a diagonal; 0-dimensional tensors may be on any device."""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows = n - len(kernel) + 1
    eyes = [
        torch.eye(rows, n, dtype=kernel.dtype, device=kernel.device).roll(j, 1) for j in range(len(kernel))
    ]
    return sum((tap * eye for tap, eye in zip(kernel, eyes)), torch.zeros(()))  # noqa: B905
