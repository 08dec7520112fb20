"""Tests of the matrix of a 1-D cross-correlation with stride, padding and dilation."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import dilations, dtypes, kernels, layers_1d, lengths, paddings, signals, strides
from reference.formulas.one_dimension import (
    cross_correlate_strided,
    output_length,
    toeplitz_1d,
    toeplitz_1d_strided_gradient,
)

build_toeplitz_1d_strided = submitted("build_toeplitz_1d_strided")

SMALL = {"max_kernel": 3, "max_dilation": 2, "max_extra": 3}
GEOMETRY = st.tuples(strides(), paddings(), dilations())
OUTSIDE = (
    {"stride": 0},
    {"stride": -1},
    {"padding": -1},
    {"dilation": 0},
    {"kernel": torch.ones(0)},
    {"kernel": torch.ones(1, 2)},
)


@points(1)
@given(layer=layers_1d())
def test_shape(build_toeplitz_1d_strided, layer):
    """T has (n + 2p - d(k - 1) - 1) // s + 1 rows, one for each kernel position, and n columns."""
    rows = output_length(layer.n, len(layer.kernel), *layer[2:])
    assert build_toeplitz_1d_strided(*layer).shape == (rows, layer.n)


@points(4)
@given(kernel=kernels(max_size=3), x=signals(min_size=7), geometry=GEOMETRY)
def test_values(build_toeplitz_1d_strided, kernel, x, geometry):
    """T x is the cross-correlation: (T x)[i] = sum_j kernel[j] x[i s + j d - p], with zeros outside x."""
    y = cross_correlate_strided(x, kernel, *geometry)
    assert build_toeplitz_1d_strided(kernel, len(x), *geometry) @ x == close(y)


@points(1)
@given(kernel=kernels(beyond=80), extra=lengths(0, 4))
def test_defaults(build_toeplitz_1d_strided, kernel, extra):
    """With default arguments T is the plain Toeplitz matrix: row i is the kernel, starting at column i."""
    n = len(kernel) + extra
    assert build_toeplitz_1d_strided(kernel, n) == exactly(toeplitz_1d(kernel, n))


@points(2)
@given(layer=layers_1d(max_padding=0))
def test_stride(build_toeplitz_1d_strided, layer):
    """Stride s keeps every s-th row of the matrix with stride 1."""
    kernel, n, stride, padding, dilation = layer
    every = build_toeplitz_1d_strided(kernel, n, 1, padding, dilation)
    assert build_toeplitz_1d_strided(*layer) == exactly(every[::stride])


@points(2)
@given(layer=layers_1d(**SMALL))
def test_padding(build_toeplitz_1d_strided, layer):
    """Padding p keeps the columns p to p + n - 1 of the matrix for signals of length n + 2p."""
    kernel, n, stride, padding, dilation = layer
    longer = build_toeplitz_1d_strided(kernel, n + 2 * padding, stride, 0, dilation)
    assert build_toeplitz_1d_strided(*layer) == exactly(longer[:, padding : padding + n])


@points(2)
@given(layer=layers_1d(max_padding=0))
def test_dilation(build_toeplitz_1d_strided, layer):
    """Dilation d puts d - 1 zeros between neighbouring taps of the kernel."""
    kernel, n, stride, padding, dilation = layer
    spread = kernel.new_zeros(dilation * (len(kernel) - 1) + 1)
    spread[::dilation] = kernel
    assert build_toeplitz_1d_strided(*layer) == exactly(build_toeplitz_1d_strided(spread, n, stride, padding))


@points(1)
@given(layer=layers_1d(**SMALL, min_rows=2))
def test_weight_sharing(build_toeplitz_1d_strided, layer):
    """Each row is the row above it, moved s columns to the right."""
    matrix, stride = build_toeplitz_1d_strided(*layer), layer.stride
    assert matrix[1:, stride:] == exactly(matrix[:-1, :-stride])


@points(1)
@given(layer=layers_1d(max_padding=0), dtype=dtypes())
def test_dtype(build_toeplitz_1d_strided, layer, dtype):
    """T has the kernel's dtype."""
    assert build_toeplitz_1d_strided(layer.kernel.to(dtype), *layer[1:]).dtype == dtype


@points(1)
@given(layer=layers_1d(max_padding=0))
def test_purity(build_toeplitz_1d_strided, layer):
    """The call doesn't change the kernel."""
    assert build_toeplitz_1d_strided.inputs_after(*layer)[0] == exactly(layer.kernel)


@points(1)
@given(layer=layers_1d(max_padding=0))
def test_gradient(build_toeplitz_1d_strided, layer):
    """Each tap's gradient is the sum of the incoming gradient over the entries that hold the tap."""
    rows = output_length(layer.n, len(layer.kernel), *layer[2:])
    cotangent = layer.kernel.new_tensor(range(1, rows * layer.n + 1)).reshape(rows, layer.n)
    expected = toeplitz_1d_strided_gradient(cotangent, len(layer.kernel), *layer[2:])
    assert build_toeplitz_1d_strided.vjp(*layer, cotangent=cotangent) == close(expected)


@points(1)
@given(kernel=kernels(min_size=2), n=lengths(1, 3), padding=paddings(1))
def test_domain(build_toeplitz_1d_strided, kernel, n, padding):
    """A dilated kernel that is longer than the padded signal raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_1d_strided(kernel, n, 1, padding, n + 2 * padding)


@points(1)
@given(n=lengths(3, 5), outside=st.sampled_from(OUTSIDE))
def test_domain_arguments(build_toeplitz_1d_strided, n, outside):
    """An empty or 2-D kernel, a stride or dilation below 1, or a negative padding raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_1d_strided(**{"kernel": torch.ones(2), "n": n, **outside})
