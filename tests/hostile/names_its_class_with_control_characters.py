"""Returns an object whose class name contains terminal and workflow commands."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Meta(type):
    __name__ = property(lambda cls: "\x1b]0;owned\x07`\n::error::13 of 13\n\u202e=cmd|' /C calc'!A0")


class Odd(metaclass=Meta):
    pass


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    return Odd()
