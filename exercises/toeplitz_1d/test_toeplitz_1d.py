"""Tests of the Toeplitz matrix of a 1-D cross-correlation."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.one_dimension import cross_correlate, toeplitz_1d_gradient

build_toeplitz_1d = submitted("build_toeplitz_1d")


@points(1)
@given(kernel=kernels(), extra=lengths(0, 4))
def test_shape(build_toeplitz_1d, kernel, extra):
    """T has n - k + 1 rows, one for each position where the kernel fits, and n columns."""
    assert build_toeplitz_1d(kernel, len(kernel) + extra).shape == (extra + 1, len(kernel) + extra)


@points(3)
@given(kernel=kernels(), x=signals(min_size=4))
def test_values(build_toeplitz_1d, kernel, x):
    """T x is the valid cross-correlation of x with the kernel."""
    assert build_toeplitz_1d(kernel, len(x)) @ x == close(cross_correlate(x, kernel))


@points(1)
@given(kernel=kernels(min_size=2, beyond=140), extra=lengths(0, 4))
def test_first_row(build_toeplitz_1d, kernel, extra):
    """Row 0 is the kernel, starting at column 0, followed by zeros."""
    row = torch.cat((kernel, kernel.new_zeros(extra)))
    assert build_toeplitz_1d(kernel, len(kernel) + extra)[0] == exactly(row)


@points(1)
@given(kernel=kernels(), extra=lengths(1, 4))
def test_weight_sharing(build_toeplitz_1d, kernel, extra):
    """Each row is the row above it, moved one column to the right, so all diagonals are constant."""
    matrix = build_toeplitz_1d(kernel, len(kernel) + extra)
    assert matrix[1:, 1:] == exactly(matrix[:-1, :-1])


@points(1)
@given(kernel=kernels(), extra=lengths(1, 4))
def test_locality(build_toeplitz_1d, kernel, extra):
    """Entries outside the band 0 <= column - row < k are zero."""
    matrix = build_toeplitz_1d(kernel, len(kernel) + extra)
    outside = matrix - matrix.triu(0).tril(len(kernel) - 1)
    assert outside == exactly(kernel.new_zeros(extra + 1, len(kernel) + extra))


@points(1)
@given(kernel=kernels(), other=kernels(), x=signals(min_size=4))
def test_linearity(build_toeplitz_1d, kernel, other, x):
    """The matrix of 2 g + h is twice the matrix of g plus the matrix of h."""
    other = other[: len(kernel)]
    kernel = kernel[: len(other)]
    combined = build_toeplitz_1d(2 * kernel + other, len(x))
    assert combined == close(2 * build_toeplitz_1d(kernel, len(x)) + build_toeplitz_1d(other, len(x)))


@points(1)
@given(kernel=kernels(min_size=2), extra=lengths(0, 3), dtype=dtypes())
def test_dtype(build_toeplitz_1d, kernel, extra, dtype):
    """T has the kernel's dtype."""
    assert build_toeplitz_1d(kernel.to(dtype), len(kernel) + extra).dtype == dtype


@points(1)
@given(kernel=kernels(), extra=lengths(0, 4))
def test_purity(build_toeplitz_1d, kernel, extra):
    """The call doesn't change the kernel."""
    assert build_toeplitz_1d.inputs_after(kernel, len(kernel) + extra)[0] == exactly(kernel)


@points(1)
@given(kernel=kernels(), weights=signals(min_size=4))
def test_gradient(build_toeplitz_1d, kernel, weights):
    """Each tap's gradient is the sum of the incoming gradient along its diagonal."""
    cotangent = torch.outer(weights[: len(weights) - len(kernel) + 1], weights)
    gradient = build_toeplitz_1d.vjp(kernel, len(weights), cotangent=cotangent)
    assert gradient == close(toeplitz_1d_gradient(cotangent, len(kernel)))


@points(1)
@given(kernel=kernels(min_size=2), missing=lengths(1, 3))
def test_domain(build_toeplitz_1d, kernel, missing):
    """A kernel longer than the signal raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_1d(kernel, max(len(kernel) - missing, 0))


@points(1)
@given(kernel=kernels(min_size=2), n=lengths(4, 6))
def test_domain_axes(build_toeplitz_1d, kernel, n):
    """An empty kernel, or one with two axes, raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_1d(kernel[:0], n)
    with pytest.raises(ValueError):
        build_toeplitz_1d(kernel[None], n)
