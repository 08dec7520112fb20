"""Writes bytes to its output that aren't valid text in any encoding."""

import os

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    os.write(1, bytes(range(256)) * 8 + b"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80")
    return wrong(kernel)
