"""Tests of the cross-correlation as a matrix product, including how it is computed."""

import pytest
import torch
from hypothesis import given, settings

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.one_dimension import cross_correlate, toeplitz_1d

convolve_via_matrix = submitted("convolve_via_matrix")


@points(1)
@given(x=signals(min_size=2), kernel=kernels())
def test_shape(convolve_via_matrix, x, kernel):
    """The result is a vector with n - k + 1 entries, one for each row of the matrix."""
    kernel = kernel[: len(x)]
    assert convolve_via_matrix(x, kernel).shape == (len(x) - len(kernel) + 1,)


@points(4)
@given(x=signals(), kernel=kernels())
def test_values(convolve_via_matrix, x, kernel):
    """Entry i is the sum of kernel[j] x[i + j] over all j: the valid cross-correlation."""
    kernel = kernel[: len(x)]
    assert convolve_via_matrix(x, kernel) == close(cross_correlate(x, kernel))


@points(2)
@settings(max_examples=20)
@given(x=signals(min_size=4), kernel=kernels())
def test_method(convolve_via_matrix, x, kernel):
    """No library convolution and no Fourier transform runs during the call."""
    assert convolve_via_matrix.forbidden(x, kernel) == exactly([])


@points(1)
@settings(max_examples=20)
@given(x=signals(min_size=4), kernel=kernels())
def test_product(convolve_via_matrix, x, kernel):
    """One torch product computes the result; its matrix has n - k + 1 rows and at least k columns."""
    m, k = len(x) - len(kernel) + 1, len(kernel)
    sizes = convolve_via_matrix.products(x, kernel)
    found = f"the answer comes out of products of (rows, columns) {sizes or 'none'}, expected {m} rows"
    assert any(rows >= m and columns >= k for rows, columns in sizes), found


@points(2)
@given(kernel=kernels(), extra=lengths(0, 4), place=lengths(0, 4))
def test_impulse(convolve_via_matrix, kernel, extra, place):
    """A signal that is 1 at index c and 0 elsewhere gives column c of the Toeplitz matrix."""
    n, place = len(kernel) + extra, min(place, extra)
    column, impulse = toeplitz_1d(kernel, n)[:, place], torch.eye(n, dtype=kernel.dtype)[place]
    assert convolve_via_matrix(impulse, kernel) == close(column, scale=kernel.norm())


@points(1)
@given(x=signals(min_size=5), kernel=kernels())
def test_equivariance(convolve_via_matrix, x, kernel):
    """Removing the first entry of the signal removes only the first entry of the result."""
    later = convolve_via_matrix(x, kernel)[1:]
    assert convolve_via_matrix(x[1:], kernel) == close(later)


@points(1)
@given(x=signals(min_size=4), kernel=kernels(), dtype=dtypes())
def test_dtype(convolve_via_matrix, x, kernel, dtype):
    """The result has the inputs' dtype and precision: a third of x gives a third of the result."""
    x, kernel = x.to(dtype), kernel.to(dtype)
    y = convolve_via_matrix(x / 3, kernel)
    assert y.dtype == dtype
    assert 3 * y == close(convolve_via_matrix(x, kernel), scale=x.norm() * kernel.norm())


@points(1)
@given(x=signals(min_size=4), kernel=kernels())
def test_purity(convolve_via_matrix, x, kernel):
    """The call doesn't change the signal or the kernel."""
    signal_after, kernel_after = convolve_via_matrix.inputs_after(x, kernel)
    assert signal_after == exactly(x)
    assert kernel_after == exactly(kernel)


@points(1)
@given(x=signals(min_size=4), kernel=kernels(), weights=signals(min_size=96, max_size=96))
def test_gradient(convolve_via_matrix, x, kernel, weights):
    """For incoming gradient g, x's gradient is T' g and the kernel's gradient is x correlated with g."""
    g = weights[: len(x) - len(kernel) + 1]
    dx, dkernel = convolve_via_matrix.vjp(x, kernel, cotangent=g)
    assert dx == close(toeplitz_1d(kernel, len(x)).T @ g)
    assert dkernel == close(cross_correlate(x, g))


@points(1)
@settings(max_examples=20)
@given(x=signals(), more=lengths(1, 3))
def test_domain(convolve_via_matrix, x, more):
    """A kernel longer than the signal raises ValueError."""
    with pytest.raises(ValueError):
        convolve_via_matrix(x, x.new_ones(len(x) + more))


@points(1)
@settings(max_examples=20)
@given(x=signals(min_size=4), kernel=kernels())
def test_domain_axes(convolve_via_matrix, x, kernel):
    """An empty kernel, and a signal or a kernel with two axes, raise ValueError."""
    for wrong in ((x, kernel[:0]), (x[None], kernel), (x, kernel[None])):
        with pytest.raises(ValueError):
            convolve_via_matrix(*wrong)
