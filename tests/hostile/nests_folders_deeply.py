"""Nests folders too deeply for a recursive removal."""

import os

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
open("hostile-bottom", "x").close()


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
