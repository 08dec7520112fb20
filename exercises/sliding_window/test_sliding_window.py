"""Tests of the valid cross-correlation, the sliding window."""

import pytest
import torch
from hypothesis import given, settings

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import cross_correlate as expected

cross_correlate = submitted("cross_correlate")


@points(1)
@given(x=signals(), kernel=kernels())
def test_shape(cross_correlate, x, kernel):
    """There are n - k + 1 outputs, one for each position where the kernel fits."""
    kernel = kernel[: len(x)]
    assert cross_correlate(x, kernel).shape == (len(x) - len(kernel) + 1,)


@points(4)
@given(x=signals(), kernel=kernels())
def test_values(cross_correlate, x, kernel):
    """Output i is the sum of kernel[j] x[i + j] over all j: the valid cross-correlation."""
    kernel = kernel[: len(x)]
    assert cross_correlate(x, kernel) == close(expected(x, kernel), scale=x.norm() * kernel.norm())


@points(2)
@given(x=signals(min_size=4), k=lengths(1, 4), place=lengths(0, 3))
def test_delta(cross_correlate, x, k, place):
    """A kernel that is 1 at index s and 0 elsewhere copies the signal, starting at x[s]."""
    place = min(place, k - 1)
    copied = x[place : place + len(x) - k + 1]
    assert cross_correlate(x, torch.eye(k, dtype=x.dtype)[place]) == close(copied, scale=x.norm())


@points(2)
@given(x=signals(min_size=4), kernel=kernels(), place=lengths(0, 4))
def test_locality(cross_correlate, x, kernel, place):
    """Output i depends only on its window: the window alone gives the same output."""
    place = min(place, len(x) - len(kernel))
    alone = cross_correlate(x[place : place + len(kernel)], kernel)[0]
    assert cross_correlate(x, kernel)[place] == close(alone, scale=x.norm() * kernel.norm())


@points(2)
@given(x=signals(min_size=5), kernel=kernels())
def test_equivariance(cross_correlate, x, kernel):
    """Removing the first entry of the signal removes the first output and changes no other output."""
    later = cross_correlate(x, kernel)[1:]
    assert cross_correlate(x[1:], kernel) == close(later, scale=x.norm() * kernel.norm())


@points(1)
@given(x=signals(min_size=4), other=signals(min_size=4), kernel=kernels())
def test_linearity(cross_correlate, x, other, kernel):
    """The outputs for 2 x + z are twice the outputs for x plus the outputs for z."""
    x, z = x[: len(other)], other[: len(x)]
    separate = 2 * cross_correlate(x, kernel) + cross_correlate(z, kernel)
    scale = (2 * x.norm() + z.norm()) * kernel.norm()
    assert cross_correlate(2 * x + z, kernel) == close(separate, scale=scale)


@points(1)
@given(x=signals(min_size=4), kernel=kernels(), dtype=dtypes())
def test_dtype(cross_correlate, x, kernel, dtype):
    """The outputs have the inputs' dtype and are computed in that precision."""
    x, kernel = x.to(dtype), kernel.to(dtype)
    y = cross_correlate(x / 3, kernel)
    assert y.dtype == dtype
    assert 3 * y == close(cross_correlate(x, kernel), scale=x.norm() * kernel.norm())


@points(1)
@given(x=signals(min_size=4), kernel=kernels())
def test_purity(cross_correlate, x, kernel):
    """The call doesn't change the signal or the kernel."""
    signal_after, kernel_after = cross_correlate.inputs_after(x, kernel)
    assert signal_after == exactly(x)
    assert kernel_after == exactly(kernel)


@points(1)
@given(x=signals(min_size=4), kernel=kernels(), weights=signals(min_size=96, max_size=96))
def test_gradient(cross_correlate, x, kernel, weights):
    """For incoming gradient g, dkernel is x correlated with g, and dx is g convolved with the kernel."""
    g = weights[: len(x) - len(kernel) + 1]
    dx, dkernel = cross_correlate.vjp(x, kernel, cotangent=g)
    assert dkernel == close(expected(x, g), scale=x.norm() * g.norm())
    assert dx == close(convolve(g, kernel), scale=g.norm() * kernel.norm())


@points(1)
@settings(max_examples=20)
@given(x=signals(), more=lengths(1, 3))
def test_domain(cross_correlate, x, more):
    """A kernel longer than the signal raises ValueError."""
    with pytest.raises(ValueError):
        cross_correlate(x, x.new_ones(len(x) + more))


@points(1)
@settings(max_examples=20)
@given(x=signals(min_size=4), kernel=kernels())
def test_domain_axes(cross_correlate, x, kernel):
    """An empty kernel, and a signal or a kernel with two axes, raise ValueError."""
    for wrong in ((x, kernel[:0]), (x[None], kernel), (x, kernel[None])):
        with pytest.raises(ValueError):
            cross_correlate(*wrong)
