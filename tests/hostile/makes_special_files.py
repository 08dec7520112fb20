"""Makes FIFOs, sockets and device files in its folder and elsewhere."""

import os
import stat

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
for folder in (".", "/tmp"):
    for number, make in enumerate((
        lambda path: os.mkfifo(path),
        lambda path: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3)),
        lambda path: os.mknod(path, 0o600 | stat.S_IFSOCK),
    )):
        if attempt(lambda: make(f"{folder}/hostile-special-{os.getpid()}-{number}") or 1):
            loot.append(number)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
