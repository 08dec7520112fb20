"""Tests of the doubly block Toeplitz matrix of a 2-D cross-correlation."""

from itertools import product

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, images, kernels, kernels_2d, lengths
from reference.formulas.one_dimension import toeplitz_1d
from reference.formulas.two_dimensions import cross_correlate_2d, kronecker, toeplitz_2d_gradient, unvec

build_toeplitz_2d = submitted("build_toeplitz_2d")


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_shape(build_toeplitz_2d, kernel, more, wider):
    """T has a row for each of the oh * ow positions of the kernel, and a column for each pixel."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    assert build_toeplitz_2d(kernel, height, width).shape == ((more + 1) * (wider + 1), height * width)


@points(4)
@given(kernel=kernels_2d(), x=images(min_side=3))
def test_values(build_toeplitz_2d, kernel, x):
    """T vec(x) is the valid cross-correlation of x with the kernel, flattened row by row."""
    y = cross_correlate_2d(x, kernel)
    assert unvec(build_toeplitz_2d(kernel, *x.shape) @ x.flatten(), y.shape) == close(y)


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_first_row(build_toeplitz_2d, kernel, more, wider):
    """Row 0, folded back into an image, is the kernel in the top left corner and zero elsewhere."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    corner = kernel.new_zeros(height, width)
    corner[: kernel.shape[0], : kernel.shape[1]] = kernel
    assert unvec(build_toeplitz_2d(kernel, height, width)[0], corner.shape) == exactly(corner)


@points(1)
@given(kernel=kernels_2d(), more=lengths(1, 2), wider=lengths(0, 2))
def test_weight_sharing_of_blocks(build_toeplitz_2d, kernel, more, wider):
    """If the output moves one row down, so does the kernel: the blocks are equal along diagonals."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    blocks = build_toeplitz_2d(kernel, height, width).reshape(more + 1, wider + 1, height, width)
    assert blocks[1:, :, 1:] == exactly(blocks[:-1, :, :-1])


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(1, 2))
def test_weight_sharing_in_blocks(build_toeplitz_2d, kernel, more, wider):
    """If the output moves one column right, so does the kernel: each block is a Toeplitz matrix."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    blocks = build_toeplitz_2d(kernel, height, width).reshape(more + 1, wider + 1, height, width)
    assert blocks[:, 1:, :, 1:] == exactly(blocks[:, :-1, :, :-1])


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_locality(build_toeplitz_2d, kernel, more, wider):
    """The weight of a pixel that the kernel doesn't cover is zero."""
    (kh, kw), (height, width) = kernel.shape, (kernel.shape[0] + more, kernel.shape[1] + wider)
    outside = build_toeplitz_2d(kernel, height, width).reshape(more + 1, wider + 1, height, width).clone()
    for r, c in product(range(more + 1), range(wider + 1)):
        outside[r, c, r : r + kh, c : c + kw] = 0
    assert outside == exactly(kernel.new_zeros(more + 1, wider + 1, height, width))


@points(1)
@given(kernel=kernels(), extra=lengths(0, 2))
def test_one_row_or_column(build_toeplitz_2d, kernel, extra):
    """On images of one row, or of one column, T is the 1-D Toeplitz matrix."""
    n = len(kernel) + extra
    assert build_toeplitz_2d(kernel[None, :], 1, n) == exactly(toeplitz_1d(kernel, n))
    assert build_toeplitz_2d(kernel[:, None], n, 1) == exactly(toeplitz_1d(kernel, n))


@points(2)
@given(u=kernels(max_size=3), v=kernels(max_size=3), more=lengths(0, 2), wider=lengths(0, 2))
def test_separability(build_toeplitz_2d, u, v, more, wider):
    """The matrix of the kernel outer(u, v) is the Kronecker product of the 1-D matrices of u and v."""
    height, width = len(u) + more, len(v) + wider
    blocks = kronecker(toeplitz_1d(u, height), toeplitz_1d(v, width))
    assert build_toeplitz_2d(torch.outer(u, v), height, width) == close(blocks)


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2), dtype=dtypes())
def test_dtype(build_toeplitz_2d, kernel, more, wider, dtype):
    """T has the kernel's dtype."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    assert build_toeplitz_2d(kernel.to(dtype), height, width).dtype == dtype


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_purity(build_toeplitz_2d, kernel, more, wider):
    """The call doesn't change the kernel."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    assert build_toeplitz_2d.inputs_after(kernel, height, width)[0] == exactly(kernel)


@points(1)
@given(kernel=kernels_2d(max_side=3), x=images(min_side=3, max_side=4))
def test_gradient(build_toeplitz_2d, kernel, x):
    """Each tap's gradient is the incoming gradient, summed over the entries of T that hold that tap."""
    outputs = (x.shape[0] - kernel.shape[0] + 1) * (x.shape[1] - kernel.shape[1] + 1)
    cotangent = torch.outer(x.flatten()[:outputs], x.flatten())
    gradient = build_toeplitz_2d.vjp(kernel, *x.shape, cotangent=cotangent)
    assert gradient == close(toeplitz_2d_gradient(cotangent, kernel.shape, x.shape))


@points(1)
@given(kernel=kernels_2d(), spare=lengths(0, 2))
def test_domain(build_toeplitz_2d, kernel, spare):
    """A kernel that is taller or wider than the image raises ValueError."""
    kh, kw = kernel.shape
    with pytest.raises(ValueError):
        build_toeplitz_2d(kernel, kh - 1, kw + spare)
    with pytest.raises(ValueError):
        build_toeplitz_2d(kernel, kh + spare, kw - 1)


@points(1)
@given(kernel=kernels_2d(), spare=lengths(0, 2))
def test_domain_axes(build_toeplitz_2d, kernel, spare):
    """A kernel that is empty, or doesn't have two axes, raises ValueError."""
    height, width = kernel.shape[0] + spare, kernel.shape[1] + spare
    for wrong in (kernel[:, :0], kernel[:0], kernel[None], kernel[0]):
        with pytest.raises(ValueError):
            build_toeplitz_2d(wrong, height, width)
