"""Raises an exception whose traceback never ends."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


class Link:
    tb_lineno = 1
    tb_frame = property(lambda self: self)
    f_code = property(lambda self: self)
    co_filename = "x"
    tb_next = property(lambda self: self)


class Odd(Exception):
    __traceback__ = property(lambda self: Link(), lambda self, value: None)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Odd
