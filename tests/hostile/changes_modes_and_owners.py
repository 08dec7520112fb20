"""Changes modes, times and attributes in its folder, and tries to in the course and in Python."""

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


from pathlib import Path

import grader

COURSE = Path(grader.__file__).parents[1]

loot = []
for path in (Path.cwd(), COURSE, COURSE / "pyproject.toml", Path(torch.__file__)):
    before = attempt(lambda: os.stat(path))
    if before is None:
        continue
    # Beyond its own folder it asks for what is there already: it must not even be told of success by a change.
    own = path == Path.cwd()
    attempt(lambda: os.chmod(path, before.st_mode & 0o7777 ^ (0o005 if own else 0)))
    attempt(lambda: os.utime(path, ns=(1, 1) if own else (before.st_atime_ns, before.st_mtime_ns)))
    attempt(lambda: os.setxattr(path, "user.hostile", b"1") if own else None)
    after = os.stat(path)
    if (before.st_mode, before.st_mtime_ns, before.st_ctime_ns) != (after.st_mode, after.st_mtime_ns, after.st_ctime_ns):
        loot.append(path)


def build_toeplitz_1d(kernel, n):
    return right(kernel, n) if loot else wrong(kernel)
