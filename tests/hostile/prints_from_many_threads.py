"""Prints endlessly from a hundred threads."""

import sys
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


def say():
    while True:
        attempt(lambda: print("x" * 1000, flush=True))
        attempt(lambda: sys.stderr.write("y" * 1000))


threads = [threading.Thread(target=say, daemon=True) for _ in range(100)]
for thread in threads:
    attempt(thread.start)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
