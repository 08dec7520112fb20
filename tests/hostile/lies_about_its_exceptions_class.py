"""Raises an exception with a false __class__, __mro__ and name."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Meta(type):
    __mro__ = property(lambda cls: (AssertionError, Exception, BaseException, object))
    __name__ = property(lambda cls: "Skipped\x1b[2J\n::error::")

    def __subclasscheck__(cls, other):
        return True


class Odd(Exception, metaclass=Meta):
    __class__ = property(lambda self: KeyboardInterrupt)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Odd("x")
