"""Raises an exception that is named and built like pytest's for skipped tests."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


Skipped = type("Skipped", (BaseException,), {"__module__": "_pytest.outcomes", "msg": "hostile", "allow_module_level": True})


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    raise Skipped("hostile")
