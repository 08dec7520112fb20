"""Deletes its module's __file__ and name, and raises."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    globals().pop("__file__", None)
    globals().pop("__name__", None)
    raise RuntimeError("nowhere")
