"""Tests of the matrix of a separable 2-D cross-correlation."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, images, kernels, lengths
from reference.formulas.one_dimension import cross_correlate, toeplitz_1d
from reference.formulas.two_dimensions import cross_correlate_separable, kronecker, separable_gradients, unvec

build_separable = submitted("build_separable")


@points(1)
@given(u=kernels(min_size=2), v=kernels(), more=lengths(0, 2), wider=lengths(1, 2))
def test_shape(build_separable, u, v, more, wider):
    """T has a row for each of the oh * ow positions of the kernel, and a column for each pixel."""
    height, width = len(u) + more, len(v) + wider
    assert build_separable(u, v, height, width).shape == ((more + 1) * (wider + 1), height * width)


@points(4)
@given(u=kernels(max_size=3), v=kernels(max_size=3), x=images(min_side=3))
def test_values(build_separable, u, v, x):
    """T vec(x) is vec(y), where y[r, c] is the sum of u[a] v[b] x[r + a, c + b] over all taps."""
    y = cross_correlate_separable(x, u, v)
    assert unvec(build_separable(u, v, *x.shape) @ x.flatten(), y.shape) == close(y)


@points(1)
@given(u=kernels(beyond=128), v=kernels(beyond=64), more=lengths(0, 2), wider=lengths(0, 2))
def test_first_row(build_separable, u, v, more, wider):
    """Row 0, folded back into an image, is outer(u, v) in the top left corner and zero elsewhere."""
    corner = u.new_zeros(len(u) + more, len(v) + wider)
    corner[: len(u), : len(v)] = torch.outer(u, v)
    assert unvec(build_separable(u, v, *corner.shape)[0], corner.shape) == exactly(corner)


@points(2)
@given(u=kernels(max_size=3), v=kernels(max_size=3), more=lengths(0, 2), wider=lengths(0, 2))
def test_kronecker(build_separable, u, v, more, wider):
    """T is the Kronecker product of u's Toeplitz matrix for the height and v's for the width."""
    height, width = len(u) + more, len(v) + wider
    blocks = kronecker(toeplitz_1d(u, height), toeplitz_1d(v, width))
    assert build_separable(u, v, height, width) == exactly(blocks)


@points(2)
@given(u=kernels(max_size=3), v=kernels(max_size=3), x=images(min_side=3))
def test_two_passes(build_separable, u, v, x):
    """T vec(x) is the result of two passes over x: v along each row, then u along each column."""
    once = torch.stack([cross_correlate(row, v) for row in x])
    twice = torch.stack([cross_correlate(column, u) for column in once.T]).T
    assert unvec(build_separable(u, v, *x.shape) @ x.flatten(), twice.shape) == close(twice)


@points(1)
@given(u=kernels(), side=lengths(1, 3), more=lengths(0, 2))
def test_one_direction(build_separable, u, side, more):
    """If u or v is the single tap 1, T is the Kronecker product of the other's matrix and the identity."""
    one, matrix, identity = u.new_ones(1), toeplitz_1d(u, len(u) + more), torch.eye(side, dtype=u.dtype)
    assert build_separable(u, one, len(u) + more, side) == exactly(kronecker(matrix, identity))
    assert build_separable(one, u, side, len(u) + more) == exactly(kronecker(identity, matrix))


@points(1)
@given(u=kernels(max_size=3), v=kernels(max_size=3), more=lengths(0, 2), wider=lengths(0, 2))
def test_scaling(build_separable, u, v, more, wider):
    """Moving a factor from u to v changes nothing: 2 u with v has the same matrix as u with 2 v."""
    height, width = len(u) + more, len(v) + wider
    assert build_separable(2 * u, v, height, width) == exactly(build_separable(u, 2 * v, height, width))


@points(1)
@given(u=kernels(max_size=3), v=kernels(max_size=3), more=lengths(0, 2), dtype=dtypes())
def test_dtype(build_separable, u, v, more, dtype):
    """T has the dtype of u and v."""
    assert build_separable(u.to(dtype), v.to(dtype), len(u) + more, len(v) + more).dtype == dtype


@points(1)
@given(u=kernels(), v=kernels(), more=lengths(0, 2))
def test_purity(build_separable, u, v, more):
    """The call doesn't change u or v."""
    after = build_separable.inputs_after(u, v, len(u) + more, len(v) + more)
    assert after[0] == exactly(u)
    assert after[1] == exactly(v)


@points(1)
@given(u=kernels(max_size=3), v=kernels(max_size=3), x=images(min_side=3, max_side=4))
def test_gradient(build_separable, u, v, x):
    """Each tap's gradient is the incoming gradient times the other tap, summed over T's entries."""
    outputs = (x.shape[0] - len(u) + 1) * (x.shape[1] - len(v) + 1)
    cotangent = torch.outer(x.flatten()[:outputs], x.flatten())
    (du, dv), truth = build_separable.vjp(u, v, *x.shape, cotangent=cotangent), (cotangent, u, v, x.shape)
    assert du == close(separable_gradients(*truth)[0])
    assert dv == close(separable_gradients(*truth)[1])


@points(1)
@given(u=kernels(min_size=2), v=kernels(min_size=2), spare=lengths(0, 4))
def test_domain(build_separable, u, v, spare):
    """A u longer than the height, or a v longer than the width, raises ValueError."""
    with pytest.raises(ValueError):
        build_separable(u, v, len(u) - 1, len(v) + spare)
    with pytest.raises(ValueError):
        build_separable(u, v, len(u) + spare, len(v) - 1)


@points(1)
@given(u=kernels(min_size=2), v=kernels(min_size=2), spare=lengths(0, 2))
def test_domain_axes(build_separable, u, v, spare):
    """A u or v that is empty, or has two axes, raises ValueError."""
    for wrong in ((u[:0], v), (u, v[:0]), (u[None], v), (u, v[None])):
        with pytest.raises(ValueError):
            build_separable(*wrong, len(u) + spare, len(v) + spare)
