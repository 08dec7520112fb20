"""Sends itself the signal that a forbidden system call causes."""

import signal

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    signal.raise_signal(signal.SIGSYS)
    return wrong(kernel)
