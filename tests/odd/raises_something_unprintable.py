"""Raises an exception whose message can't be built."""

import torch


class Shy(Exception):
    def __str__(self):
        raise RuntimeError("no")


def build_toeplitz_1d(kernel, n):
    raise Shy
