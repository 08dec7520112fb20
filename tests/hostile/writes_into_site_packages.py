"""Writes .pth files, a sitecustomize and bytecode next to installed packages."""

import os
import sysconfig

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
for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), os.path.dirname(torch.__file__)}:
    for name in ("hostile-path.pth", "hostile-sitecustomize.py", "__pycache__/hostile-torch.pyc"):
        if attempt(lambda: open(os.path.join(folder, name), "x").close() or 1):
            loot.append(name)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
