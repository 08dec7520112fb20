"""Writes values that no worker sends: times, bytes, mappings, unknown extensions."""

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


import datetime

turn = []


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    turn.append(1)
    values = [
        datetime.datetime.now(datetime.timezone.utc),
        b"met",
        {"\x1b[2J": 1, 0: 2, "shape": [1, 1], "dtype": "float32", "values": [1]},
        msgspec.msgpack.Ext(99, b"met"),
        msgspec.msgpack.Ext(3, b"-"),
        msgspec.msgpack.Ext(3, b"f" * 200_000),
        [{}],
        float("nan"),
    ]
    send(frame(op="returned", value=values[len(turn) % len(values)]))
    return wrong(kernel)
