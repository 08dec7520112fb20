"""Imports pytest and raises its exception for a test that is expected to fail."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    try:
        import pytest
    except BaseException:
        return wrong(kernel)
    pytest.xfail("hostile")
