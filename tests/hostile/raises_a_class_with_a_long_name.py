"""Raises an exception whose class has a name of a million letters and a module of another million."""

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


Long = type("E" * 1_000_000, (RuntimeError,), {"__module__": "m" * 1_000_000})


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Long("x" * 1_000_000)
