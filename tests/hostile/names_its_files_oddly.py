"""Makes files and folders whose names contain control characters and bytes that aren't text."""

import os

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


for name in (b"\xff\xfe", b"a\nb", b"\x1b[2J", b"-rf", b" ", b"~", b"x" * 255, "\u202e".encode(), b"*"):
    os.mkdir(b"d" + name[:250])
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
