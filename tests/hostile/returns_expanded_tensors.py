"""Returns views that have far more entries than they store."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


turn = []


def build_toeplitz_1d(kernel, n):
    result = wrong(kernel)
    turn.append(1)
    return result.expand((1 << 60, 7) if len(turn) % 2 else (1 << 20, 1 << 20, 7))
