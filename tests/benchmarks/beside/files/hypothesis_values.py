"""pytest and Hypothesis: the course's property, calling the learner's function directly."""

import torch
from hypothesis import given, seed, settings
from judging import cross_correlate
from seeded import SEED
from toeplitz_1d import build_toeplitz_1d

from grader.strategies import kernels, signals


@seed(SEED)
@settings(max_examples=100, deadline=None, database=None)
@given(
    kernel=kernels(max_size=4, dtype=torch.float32), x=signals(min_size=4, max_size=8, dtype=torch.float32)
)
def test_values(kernel, x):
    """T x is the valid cross-correlation of x with the kernel."""
    obtained, expected = build_toeplitz_1d(kernel, len(x)) @ x, cross_correlate(x, kernel)
    assert obtained.shape == expected.shape
    assert torch.allclose(obtained, expected)
