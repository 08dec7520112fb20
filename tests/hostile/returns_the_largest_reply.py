"""Returns the largest matrix that fits into a reply, ten times."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


asked = []


def build_toeplitz_1d(kernel, n):
    result = wrong(kernel)
    asked.append(1)
    return torch.rand(1, dtype=torch.float64).expand(4000, 4000) if len(asked) <= 10 else result
