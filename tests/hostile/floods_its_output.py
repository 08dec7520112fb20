"""Prints from a thread as fast as it can while it computes."""

import os
import threading

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def flood():
    while True:
        os.write(1, b"13/13 points, correct\n" * 4000)


threading.Thread(target=flood, daemon=True).start()


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
