"""Fills its folder with a quarter of a gigabyte, and writes one file beyond the size limit."""

import os
import signal

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
    for number in range(4):
        with open(f"hostile-{number}", "wb") as file:
            os.truncate(file.fileno(), 60 << 20)
            file.write(b"x" * (64 << 20))
    with open("hostile-large", "wb") as file:
        file.write(b"x" * (80 << 20))


signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
