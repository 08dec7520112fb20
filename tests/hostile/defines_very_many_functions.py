"""Defines two hundred thousand functions with names close to the required one."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


for number in range(200_000):
    globals()[f"build_toeplitz_1{number}"] = wrong
