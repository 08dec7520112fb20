"""Raises exceptions that cause each other and carry ten thousand notes."""

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
    error = None
    for _ in range(1000):
        following = RuntimeError("one more")
        following.__cause__, error = error, following
    for _ in range(10_000):
        error.add_note("note " * 100)
    raise error
