"""Tests of the matrix of a 2-D cross-correlation with stride, padding and dilation."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import (
    dilations,
    dtypes,
    images,
    kernels_2d,
    layers_2d,
    lengths,
    paddings,
    pair,
    pairs,
    strides,
)
from reference.formulas.two_dimensions import (
    cross_correlate_2d,
    cross_correlate_2d_strided,
    output_sides,
    toeplitz_2d_strided_gradient,
    unvec,
)

build_toeplitz_2d_strided = submitted("build_toeplitz_2d_strided")

GEOMETRY = st.tuples(pairs(strides()), pairs(paddings()), pairs(dilations(3)))
SMALL = st.tuples(pairs(strides()), pairs(paddings()), pairs(dilations(2)))
OUTSIDE = (
    {"stride": 0},
    {"stride": (1, 0)},
    {"padding": (0, -1)},
    {"padding": -1},
    {"dilation": (0, 1)},
    {"kernel": torch.ones(0, 2)},
    {"kernel": torch.ones(2)},
    {"kernel": torch.ones(1, 2, 2)},
)


@points(1)
@given(kernel=kernels_2d(max_side=2), height=lengths(3, 5), width=lengths(3, 5), geometry=SMALL)
def test_shape(build_toeplitz_2d_strided, kernel, height, width, geometry):
    """T has oh * ow rows, one for each position where the kernel fits, and H * W columns."""
    rows = math.prod(output_sides((height, width), kernel.shape, *map(pair, geometry)))
    assert build_toeplitz_2d_strided(kernel, height, width, *geometry).shape == (rows, height * width)


@points(4)
@given(kernel=kernels_2d(max_side=2), x=images(min_side=4), geometry=GEOMETRY)
def test_values(build_toeplitz_2d_strided, kernel, x, geometry):
    """T vec(x) is vec(y), where y is the cross-correlation of x with the kernel; vec is row-major."""
    y = cross_correlate_2d_strided(x, kernel, *map(pair, geometry))
    matrix = build_toeplitz_2d_strided(kernel, *x.shape, *geometry)
    assert unvec(matrix @ x.flatten(), y.shape) == close(y)


@points(1)
@given(kernel=kernels_2d(max_side=3), stride=strides(), padding=paddings(1), dilation=dilations(2))
def test_pairs(build_toeplitz_2d_strided, kernel, stride, padding, dilation):
    """An int n means the same as the pair (n, n)."""
    geometry = (stride, padding, dilation)
    twice = build_toeplitz_2d_strided(kernel, 5, 5, *((number, number) for number in geometry))
    assert build_toeplitz_2d_strided(kernel, 5, 5, *geometry) == exactly(twice)


@points(1)
@given(kernel=images(max_side=3, beyond=16), x=images(min_side=3, beyond=16))
def test_defaults(build_toeplitz_2d_strided, kernel, x):
    """With the default arguments, T is the plain BTTB matrix of the valid cross-correlation."""
    kernel = kernel[: x.shape[0], : x.shape[1]]
    y = cross_correlate_2d(x, kernel)
    assert unvec(build_toeplitz_2d_strided(kernel, *x.shape) @ x.flatten(), y.shape) == close(y)


@points(2)
@given(layer=layers_2d(max_padding=0))
def test_stride(build_toeplitz_2d_strided, layer):
    """Stride (s, t) keeps every s-th row and every t-th column of the outputs with stride 1."""
    down, right = pair(layer.stride)
    places = output_sides(layer[1:3], layer.kernel.shape, (1, 1), (0, 0), pair(layer.dilation))
    every = build_toeplitz_2d_strided(*layer._replace(stride=1)).unflatten(0, places)
    assert build_toeplitz_2d_strided(*layer) == exactly(every[::down, ::right].flatten(0, 1))


@points(2)
@given(layer=layers_2d())
def test_padding(build_toeplitz_2d_strided, layer):
    """Padding (p, q) keeps the inner pixels' columns of the matrix for (H + 2p) x (W + 2q) images."""
    kernel, height, width, stride, (p, q), dilation = layer._replace(padding=pair(layer.padding))
    larger = build_toeplitz_2d_strided(kernel, height + 2 * p, width + 2 * q, stride, 0, dilation)
    inner = larger.unflatten(1, (height + 2 * p, width + 2 * q))[:, p : p + height, q : q + width]
    assert build_toeplitz_2d_strided(*layer) == exactly(inner.flatten(1))


@points(2)
@given(layer=layers_2d(max_padding=0))
def test_dilation(build_toeplitz_2d_strided, layer):
    """Dilation (d, e) puts d - 1 rows and e - 1 columns of zeros between neighbouring taps of the kernel."""
    down, right = pair(layer.dilation)
    spread = layer.kernel.new_zeros(
        down * (layer.kernel.shape[0] - 1) + 1, right * (layer.kernel.shape[1] - 1) + 1
    )
    spread[::down, ::right] = layer.kernel
    expected = exactly(build_toeplitz_2d_strided(*layer._replace(kernel=spread, dilation=1)))
    assert build_toeplitz_2d_strided(*layer) == expected


@points(1)
@given(layer=layers_2d(max_padding=0), dtype=dtypes())
def test_dtype(build_toeplitz_2d_strided, layer, dtype):
    """T has the kernel's dtype."""
    assert build_toeplitz_2d_strided(layer.kernel.to(dtype), *layer[1:]).dtype == dtype


@points(1)
@given(layer=layers_2d(max_padding=0))
def test_purity(build_toeplitz_2d_strided, layer):
    """The call doesn't change the kernel."""
    assert build_toeplitz_2d_strided.inputs_after(*layer)[0] == exactly(layer.kernel)


@points(1)
@settings(max_examples=20)
@given(layer=layers_2d(max_side=2, max_padding=0))
def test_gradient(build_toeplitz_2d_strided, layer):
    """Each tap's gradient is the sum of the incoming gradient over the entries that hold the tap."""
    kernel, geometry = layer.kernel, [pair(value) for value in layer[3:]]
    shape = (*output_sides(layer[1:3], kernel.shape, *geometry), *layer[1:3])
    cotangent = kernel.new_tensor(range(1, math.prod(shape) + 1)).reshape(shape)
    gradient = build_toeplitz_2d_strided.vjp(*layer, cotangent=cotangent.flatten(2).flatten(0, 1))
    assert gradient == close(toeplitz_2d_strided_gradient(cotangent, *kernel.shape, *geometry))


@points(1)
@given(kernel=kernels_2d(min_side=2), dilation=dilations(2), missing=st.sampled_from(((1, 0), (0, 1))))
def test_domain(build_toeplitz_2d_strided, kernel, dilation, missing):
    """A dilated kernel that is longer than the image on one axis raises ValueError."""
    height, width = (dilation * (k - 1) + 1 - less for k, less in zip(kernel.shape, missing, strict=True))
    with pytest.raises(ValueError):
        build_toeplitz_2d_strided(kernel, height, width, dilation=dilation)


@points(1)
@given(width=lengths(3, 5), outside=st.sampled_from(OUTSIDE))
def test_domain_arguments(build_toeplitz_2d_strided, width, outside):
    """A kernel that is empty or not 2-D, or an argument out of range, raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_2d_strided(**{"kernel": torch.ones(2, 2), "height": 4, "width": width, **outside})
