"""Raises an exception whose message ends the process, isn't text, or yields false text when cut."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


import os


class Text(str):
    def __getitem__(self, key):
        return Text("met")

    def encode(self, *a):
        return b"\xff\xfe" * 4000


turn = []


class Odd(Exception):
    def __str__(self):
        turn.append(1)
        if len(turn) % 3 == 0:
            os._exit(0)
        if len(turn) % 3 == 1:
            return 13
        return Text("met")


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Odd
