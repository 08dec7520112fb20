# -*- coding: unicode_escape -*-
"""Declares an encoding that isn't a real text encoding, and is read in a different one."""

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


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
