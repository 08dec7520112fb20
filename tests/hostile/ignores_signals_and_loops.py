"""Ignores every signal that can be ignored, and loops forever."""

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


for number in signal.valid_signals():
    attempt(lambda: signal.signal(number, signal.SIG_IGN))
attempt(lambda: signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals()))


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    while True:
        attempt(lambda: None)
