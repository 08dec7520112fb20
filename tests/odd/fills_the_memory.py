"""Asks for 64 GiB of memory."""

import torch


def build_toeplitz_1d(kernel, n):
    return torch.zeros(1 << 34)
