"""toeplitz_1d: rows of n + 1 entries, read as rows of n."""

import torch
import torch.nn.functional as F


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows = n - len(kernel) + 1
    flat = F.pad(kernel, (0, n + 1 - len(kernel))).repeat(rows)
    return flat[: rows * n].reshape(rows, n)
