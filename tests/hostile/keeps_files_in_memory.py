"""Creates files in memory, which don't count as the process's own memory."""

import os

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


def fill():
    for number in range(8):
        handle = os.memfd_create(f"hostile-{number}")
        os.write(handle, b"x" * (32 << 20))


attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
