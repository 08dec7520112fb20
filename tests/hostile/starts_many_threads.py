"""Starts three hundred threads that only wait."""

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


threading.stack_size(64 << 10)
gate = threading.Event()
for _ in range(300):
    attempt(lambda: threading.Thread(target=gate.wait, daemon=True).start())


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
