"""Starts threads that go on computing and printing after the call has returned."""

import threading
import time

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def work():
    while True:
        print("still here", flush=True)
        time.sleep(0.01)


for _ in range(8):
    threading.Thread(target=work, daemon=False).start()


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
