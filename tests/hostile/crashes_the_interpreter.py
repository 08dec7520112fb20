"""Reads from address zero."""

import ctypes

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    ctypes.string_at(0)
    return wrong(kernel)
