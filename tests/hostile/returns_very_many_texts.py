"""Returns nested lists with a megabyte of text at each innermost position."""

import torch


def attempt(action):
    try:
        return action()
    except BaseException:
        return None


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return [[["x" * (1 << 20)] * 10, ("y" * (1 << 20),) * 10] for _ in range(10)]
