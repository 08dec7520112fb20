"""Raises pytest's exception for skipping a module while it is loaded."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


import pytest

pytest.skip("hostile", allow_module_level=True)


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
