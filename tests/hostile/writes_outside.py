"""Writes files into places that others read: /tmp, /dev/shm, /var/tmp, the parent folder."""

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
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "..", "/", "/root", "/etc", "/usr/local/lib"):
    path = os.path.join(folder, f"hostile-{os.getpid()}")
    if attempt(lambda: open(path, "x").close() or 1):
        loot.append(path)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
