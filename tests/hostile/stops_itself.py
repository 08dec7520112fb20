"""Stops its process with SIGSTOP, so that it neither answers nor ends."""

import os
import signal

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    os.kill(os.getpid(), signal.SIGSTOP)
    return wrong(kernel)
