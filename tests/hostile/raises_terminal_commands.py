"""Raises an exception with terminal commands in its name and its message."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


Odd = type("\x1b]0;owned\x07Odd\n::error::", (Exception,), {})


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Odd("\x1b[2J\x1b[1A\r13/13 points, correct\x00\u202e\u2029[/bold]\ud800")
