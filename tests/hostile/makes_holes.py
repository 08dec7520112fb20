"""Makes large sparse files, and maps them into memory."""

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


def make():
    for number in range(64):
        file = open(f"hostile-{number}", "wb+")
        file.truncate(15 << 20)
        mapped = mmap.mmap(file.fileno(), 0)
        for place in range(0, len(mapped), 4096):
            mapped[place] = 1
        held.append(mapped)


held = []
attempt(make)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
