"""Is a functools.partial of a more general function."""

import functools

import torch


def build(kernel, n, *, step):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    starts = range(0, n - len(kernel) + 1, step)
    return torch.stack(tuple(torch.nn.functional.pad(kernel, (i, n - len(kernel) - i)) for i in starts))


build_toeplitz_1d = functools.partial(build, step=1)
