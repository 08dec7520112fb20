"""Raises an exception whose class is named KeyboardInterrupt and claims to be pytest's."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


Own = type("KeyboardInterrupt", (BaseException,), {"__module__": "builtins", "__qualname__": "KeyboardInterrupt"})


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Own
