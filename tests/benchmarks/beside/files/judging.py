"""The test that every peer runs: compare each stored case with the loop oracle."""

import json
from pathlib import Path

import torch
from one_dimension import cross_correlate


def check(build_toeplitz_1d):
    """Raise AssertionError if T x is not the valid cross-correlation of x with the kernel."""
    for case in json.loads(Path(__file__).with_name("cases.json").read_text()):
        kernel, x = torch.tensor(case["kernel"]), torch.tensor(case["x"])
        obtained, expected = build_toeplitz_1d(kernel, len(x)) @ x, cross_correlate(x, kernel)
        assert obtained.shape == expected.shape
        assert torch.allclose(obtained, expected)
