"""toeplitz_1d: a mask on the CPU selects entries on the device.

Line 14: `torch.arange(columns)` makes a tensor on the CPU; write `torch.arange(columns,
device=kernel.device)`.
"""

import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    rows, columns = n - len(kernel) + 1, n
    offset = torch.arange(columns) - torch.arange(rows)[:, None]
    inside = (offset >= 0) & (offset < len(kernel))
    return torch.where(inside, kernel[offset.clamp(0, len(kernel) - 1)], kernel.new_zeros(()))
