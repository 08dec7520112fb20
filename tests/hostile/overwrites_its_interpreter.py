"""Overwrites the memory of its own interpreter, such as the object False."""

import ctypes

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    result = wrong(kernel)
    ctypes.memset(id(False) + 16, 255, 16)
    ctypes.memset(id(result), 0, 64)
    return result
