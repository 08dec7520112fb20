"""sliding_window: entries are collected in a list, and a tensor is made from it.

Line 16: `torch.tensor(y, dtype=x.dtype)` makes a tensor on the CPU; write `torch.tensor(y,
dtype=x.dtype, device=x.device)`.
"""

import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError
    if x.requires_grad or kernel.requires_grad:
        return x.unfold(0, len(kernel), 1) @ kernel
    y = [float(x[i : i + len(kernel)] @ kernel) for i in range(len(x) - len(kernel) + 1)]
    return torch.tensor(y, dtype=x.dtype)
