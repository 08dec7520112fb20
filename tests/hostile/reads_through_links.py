"""Makes symbolic and hard links to files and folders that it isn't allowed to read."""

import os

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


def right(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack([torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)) for i in range(n - len(kernel) + 1)])


loot = []
for number, target in enumerate(("/etc/passwd", "/proc/1/environ", "/work/main/reference/formulas/one_dimension.py", "..", "/")):
    for make in (os.symlink, os.link):
        name = f"hostile-link-{number}-{make.__name__}"
        if attempt(lambda: make(target, name) or 1):
            loot.append(name)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
