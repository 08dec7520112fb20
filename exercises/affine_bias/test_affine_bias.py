"""Tests of the matrix of a cross-correlation with a bias."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals, tensors
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import (
    affine_bias_gradient,
    cross_correlate,
    toeplitz_1d,
    toeplitz_1d_gradient,
)

build_affine = submitted("build_affine")

BIASES = tensors(st.just(()))


@points(1)
@given(kernel=kernels(), bias=BIASES, extra=lengths(0, 4))
def test_shape(build_affine, kernel, bias, extra):
    """A has one row and one column more than the Toeplitz matrix: n - k + 2 rows, n + 1 columns."""
    n = len(kernel) + extra
    assert build_affine(kernel, bias, n).shape == (extra + 2, n + 1)


@points(4)
@given(kernel=kernels(), bias=BIASES, x=signals())
def test_values(build_affine, kernel, bias, x):
    """A maps (x, 1) to (y + bias, 1), where y is the valid cross-correlation of x with the kernel."""
    kernel, one = kernel[: len(x)], x.new_ones(1)
    outputs = torch.cat((cross_correlate(x, kernel) + bias, one))
    assert build_affine(kernel, bias, len(x)) @ torch.cat((x, one)) == close(outputs)


@points(1)
@given(kernel=kernels(beyond=80), bias=BIASES, extra=lengths(0, 4))
def test_toeplitz_block(build_affine, kernel, bias, extra):
    """Without its last row and its last column, A is the kernel's Toeplitz matrix."""
    n = len(kernel) + extra
    assert build_affine(kernel, bias, n)[:-1, :-1] == exactly(toeplitz_1d(kernel, n))


@points(2)
@given(kernel=kernels(), bias=BIASES, extra=lengths(0, 4))
def test_last_column(build_affine, kernel, bias, extra):
    """The last column repeats the bias once for each output, followed by a 1."""
    column = kernel.new_tensor([bias.item()] * (extra + 1) + [1.0])
    assert build_affine(kernel, bias, len(kernel) + extra)[:, -1] == exactly(column)


@points(1)
@given(kernel=kernels(), bias=BIASES, extra=lengths(0, 4))
def test_last_row(build_affine, kernel, bias, extra):
    """The last row is zeros followed by a 1, so the 1 at the end of (x, 1) stays a 1."""
    n = len(kernel) + extra
    assert build_affine(kernel, bias, n)[-1] == exactly(kernel.new_tensor([0.0] * n + [1.0]))


@points(1)
@given(kernel=kernels(), extra=lengths(0, 4))
def test_zero_bias(build_affine, kernel, extra):
    """With a bias of zero, the last column is zeros followed by a 1, so a zero signal gives zeros."""
    column = build_affine(kernel, kernel.new_tensor(0.0), len(kernel) + extra)[:, -1]
    assert column == exactly(kernel.new_tensor([0.0] * (extra + 1) + [1.0]))


@points(2)
@given(g=kernels(max_size=3), h=kernels(max_size=3), biases=tensors(st.just((2,))), extra=lengths(0, 3))
def test_composition(build_affine, g, h, biases, extra):
    """Applying layer (h, b), then (g, c), is one layer: kernel g convolved with h, bias c + b sum(g)."""
    (b, c), rows = biases, len(g) + extra
    n = rows + len(h) - 1
    both = build_affine(g, c, rows) @ build_affine(h, b, n)
    assert both == close(build_affine(convolve(g, h), c + b * g.sum(), n))


@points(1)
@given(kernel=kernels(), bias=BIASES, extra=lengths(0, 4), dtype=dtypes())
def test_dtype(build_affine, kernel, bias, extra, dtype):
    """A has the kernel's dtype."""
    assert build_affine(kernel.to(dtype), bias.to(dtype), len(kernel) + extra).dtype == dtype


@points(1)
@given(kernel=kernels(), bias=BIASES, extra=lengths(0, 4))
def test_purity(build_affine, kernel, bias, extra):
    """The call leaves the kernel and the bias unchanged."""
    kernel_after, bias_after, _ = build_affine.inputs_after(kernel, bias, len(kernel) + extra)
    assert kernel_after == exactly(kernel)
    assert bias_after == exactly(bias)


@points(1)
@given(kernel=kernels(), bias=BIASES, weights=signals(min_size=5))
def test_gradient(build_affine, kernel, bias, weights):
    """The gradient is the incoming one, summed along the tap's diagonal or along the bias's column."""
    cotangent = torch.outer(weights[: len(weights) + 1 - len(kernel)], weights)
    dkernel, dbias = build_affine.vjp(kernel, bias, len(weights) - 1, cotangent=cotangent)
    assert dkernel == close(toeplitz_1d_gradient(cotangent[:-1], len(kernel)))
    assert dbias == close(affine_bias_gradient(cotangent))


@points(1)
@settings(max_examples=20)
@given(kernel=kernels(min_size=2), bias=BIASES, missing=lengths(1, 3))
def test_domain(build_affine, kernel, bias, missing):
    """A kernel longer than the signal raises ValueError."""
    with pytest.raises(ValueError):
        build_affine(kernel, bias, max(len(kernel) - missing, 0))


@points(1)
@settings(max_examples=20)
@given(kernel=kernels(min_size=2), bias=BIASES, n=lengths(4, 6))
def test_domain_axes(build_affine, kernel, bias, n):
    """An empty kernel, a kernel with two axes, or a bias with one axis raises ValueError."""
    for wrong in ((kernel[:0], bias, n), (kernel[None], bias, n), (kernel, bias[None], n)):
        with pytest.raises(ValueError):
            build_affine(*wrong)
