"""Tests of the Toeplitz matrix of the full convolution."""

import pytest
import torch
from hypothesis import given, settings

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import toeplitz_1d, toeplitz_1d_gradient

build_toeplitz_full = submitted("build_toeplitz_full")


@points(1)
@given(h=kernels(), n=lengths(2, 5))
def test_shape(build_toeplitz_full, h, n):
    """T has a row for each overlap of signal and kernel: n + k - 1 rows, n columns."""
    assert build_toeplitz_full(h, n).shape == (n + len(h) - 1, n)


@points(4)
@given(h=kernels(), x=signals())
def test_values(build_toeplitz_full, h, x):
    """T x is the full convolution: (T x)[j] is the sum of h[j - i] x[i] over all i."""
    assert build_toeplitz_full(h, len(x)) @ x == close(convolve(x, h))


@points(1)
@given(h=kernels(beyond=80), n=lengths(2, 5))
def test_weight_sharing(build_toeplitz_full, h, n):
    """Each column is the one before it, moved one row down: all diagonals are constant."""
    matrix = build_toeplitz_full(h, n)
    assert matrix[1:, 1:] == exactly(matrix[:-1, :-1])


@points(1)
@given(h=kernels(), n=lengths(2, 5))
def test_locality(build_toeplitz_full, h, n):
    """Entries outside the band 0 <= row - column < k are zero."""
    matrix = build_toeplitz_full(h, n)
    outside = matrix - matrix.tril(0).triu(1 - len(h))
    assert outside == exactly(h.new_zeros(n + len(h) - 1, n))


@points(1)
@given(h=kernels(), n=lengths(1, 5))
def test_transpose(build_toeplitz_full, h, n):
    """T' is the matrix of the valid cross-correlation with h, for signals of length n + k - 1."""
    transpose = build_toeplitz_full(h, n).T
    assert transpose == exactly(toeplitz_1d(h, n + len(h) - 1))


@points(1)
@given(h=kernels(), extra=lengths(0, 4))
def test_middle_rows(build_toeplitz_full, h, extra):
    """Rows k - 1 to n - 1 are the matrix of the valid cross-correlation with the reversed kernel."""
    n = len(h) + extra
    assert build_toeplitz_full(h, n)[len(h) - 1 : n] == exactly(toeplitz_1d(h.flip(0), n))


@points(1)
@given(h=kernels(), x=signals(max_size=6))
def test_commutativity(build_toeplitz_full, h, x):
    """Swapping signal and kernel changes nothing: T(h) x is T(x) h."""
    assert build_toeplitz_full(h, len(x)) @ x == close(build_toeplitz_full(x, len(h)) @ h)


@points(1)
@given(p=kernels(max_size=4), q=signals(max_size=5), t=lengths(-2, 2))
def test_polynomials(build_toeplitz_full, p, q, t):
    """T(p) q holds the coefficients of the product polynomial: its value at each t is p(t) q(t)."""
    powers = float(t) ** torch.arange(len(p) + len(q) - 1, dtype=p.dtype)
    value = (powers[: len(p)] @ p) * (powers[: len(q)] @ q)
    scale = (powers[: len(p)].abs() @ p.abs()) * (powers[: len(q)].abs() @ q.abs())
    assert powers @ (build_toeplitz_full(p, len(q)) @ q) == close(value, scale=scale)


@points(1)
@given(g=kernels(max_size=3), h=kernels(max_size=3), n=lengths(1, 4))
def test_associativity(build_toeplitz_full, g, h, n):
    """Convolving with h and then with g is the same as convolving once with their convolution."""
    twice = build_toeplitz_full(g, n + len(h) - 1) @ build_toeplitz_full(h, n)
    assert twice == close(build_toeplitz_full(convolve(g, h), n))


@points(1)
@given(h=kernels(), n=lengths(1, 5), dtype=dtypes())
def test_dtype(build_toeplitz_full, h, n, dtype):
    """T has the kernel's dtype."""
    assert build_toeplitz_full(h.to(dtype), n).dtype == dtype


@points(1)
@given(h=kernels(), n=lengths(1, 5))
def test_purity(build_toeplitz_full, h, n):
    """The kernel is the same after the call."""
    assert build_toeplitz_full.inputs_after(h, n)[0] == exactly(h)


@points(1)
@given(h=kernels(), weights=signals(min_size=24))
def test_gradient(build_toeplitz_full, h, weights):
    """Each tap's gradient is the sum of the incoming gradient along its diagonal."""
    cotangent = torch.outer(weights[: len(h) + 4], weights[:5])
    gradient = build_toeplitz_full.vjp(h, 5, cotangent=cotangent)
    assert gradient == close(toeplitz_1d_gradient(cotangent.T, len(h)))


@points(1)
@settings(max_examples=20)
@given(h=kernels(), n=lengths(1, 5), below=lengths(-2, 0))
def test_domain(build_toeplitz_full, h, n, below):
    """An empty kernel, a kernel with two axes, or a signal length below 1 raises ValueError."""
    for wrong in ((h[:0], n), (h[None], n), (h, below)):
        with pytest.raises(ValueError):
            build_toeplitz_full(*wrong)
