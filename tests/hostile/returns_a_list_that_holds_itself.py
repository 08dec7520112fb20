"""Returns a list that contains itself."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    result = [wrong(kernel)]
    result.append(result)
    return result
