"""Fails to load, with control characters in the failing line and in the message."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


exec(compile("\n\x0c'\u202e' ; raise RuntimeError('\x1b[2J::error::\u2066')  # \x1b[31m", __file__, "exec"))


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
