"""Computes its rows in coroutines."""

import asyncio

import torch


async def row(kernel, n, i):
    await asyncio.sleep(0)
    return torch.nn.functional.pad(kernel, (i, n - len(kernel) - i))


async def rows(kernel, n):
    return await asyncio.gather(*(row(kernel, n, i) for i in range(n - len(kernel) + 1)))


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return torch.stack(asyncio.run(rows(kernel, n)))
