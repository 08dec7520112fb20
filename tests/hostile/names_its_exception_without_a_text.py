"""Raises an exception whose class has a list instead of a name."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Meta(type):
    __name__ = property(lambda cls: [b"met"])


class Odd(Exception, metaclass=Meta):
    pass


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Odd
