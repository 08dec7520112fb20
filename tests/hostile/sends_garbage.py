"""Sends bytes that aren't a valid message on every socket."""

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


JUNK = bytes(range(256)) * 64


def build_toeplitz_1d(kernel, n):
    send(len(JUNK).to_bytes(4, "big") + JUNK)
    return wrong(kernel)
