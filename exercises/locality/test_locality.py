"""Tests of the bandwidth of a matrix, and of the receptive field of a stack of layers."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import exactly, points, submitted
from grader.strategies import dilations, dtypes, images, kernels, lengths, strides
from reference.formulas.one_dimension import toeplitz_1d
from reference.formulas.structure import band, span

bandwidth = submitted("bandwidth")
receptive_field = submitted("receptive_field")

layer = st.tuples(lengths(1, 4, beyond=8), strides(), dilations())
# The second to last is the smallest positive number of float64.
entries = st.sampled_from([1.0, -1.0, 1e-20, 5e-324, 0.0])


@points(1)
@given(matrix=images())
def test_shape(bandwidth, matrix):
    """The bandwidth is a pair of ints (lower, upper): 0 <= lower < rows and 0 <= upper < columns."""
    lower, upper = bandwidth(matrix)
    assert 0 <= lower < matrix.shape[0]
    assert 0 <= upper < matrix.shape[1]


@points(3)
@given(matrix=images(), lowest=lengths(-2, 4, beyond=14), highest=lengths(-2, 4, beyond=14))
def test_values(bandwidth, matrix, lowest, highest):
    """The bandwidth is how far the nonzero entries reach below and above the main diagonal."""
    matrix = matrix.triu(-lowest).tril(highest)
    assert bandwidth(matrix) == exactly(band(matrix))


@points(1)
@given(
    zeros=images().map(lambda one: torch.zeros(one.shape, dtype=torch.float64)),
    row=lengths(0, 4),
    column=lengths(0, 4),
    entry=entries,
)
def test_single_entry(bandwidth, zeros, row, column, entry):
    """The bandwidth for one nonzero entry, of any sign or size, is its distance from the diagonal."""
    row, column = row % zeros.shape[0], column % zeros.shape[1]
    zeros[row, column] = entry
    distance = (max(row - column, 0), max(column - row, 0)) if entry else (0, 0)
    assert bandwidth(zeros) == exactly(distance)


@points(1)
@given(kernel=kernels(), extra=lengths(0, 4))
def test_toeplitz(bandwidth, kernel, extra):
    """The matrix of a valid cross-correlation has upper bandwidth k - 1 and lower bandwidth 0."""
    taps = kernel.abs().clamp(min=1)
    matrix = toeplitz_1d(taps, len(taps) + extra)
    assert bandwidth(matrix) == exactly((0, len(taps) - 1))


@points(1)
@given(matrix=images(), lowest=lengths(-2, 4), highest=lengths(-2, 4))
def test_transpose(bandwidth, matrix, lowest, highest):
    """Transposing a matrix swaps its lower and upper bandwidth."""
    matrix = matrix.triu(-lowest).tril(highest)
    lower, upper = bandwidth(matrix)
    assert bandwidth(matrix.T) == exactly((upper, lower))


@points(3)
@given(layers=st.lists(layer, max_size=7))
def test_receptive_field(receptive_field, layers):
    """The receptive field is the number of inputs from the first to the last that one output depends on."""
    assert receptive_field(layers) == exactly(span(layers))


@points(1)
@given(layers=st.lists(layer, max_size=3), kernel=lengths(1, 4), stride=strides(9), dilation=dilations())
def test_last_stride(receptive_field, layers, kernel, stride, dilation):
    """The stride of the last layer doesn't matter: it only sets how far apart the outputs are."""
    without = receptive_field([*layers, (kernel, 1, dilation)])
    assert receptive_field([*layers, (kernel, stride, dilation)]) == exactly(without)


@points(2)
@given(g=kernels(), h=kernels(), extra=lengths(0, 2))
def test_composition(bandwidth, receptive_field, g, h, extra):
    """The matrix of two layers is a product whose upper bandwidth is their receptive field minus 1."""
    g, h = g.abs().clamp(min=1), h.abs().clamp(min=1)
    first = toeplitz_1d(g, len(g) + len(h) - 1 + extra)
    _, upper = bandwidth(toeplitz_1d(h, len(first)) @ first)
    assert receptive_field([(len(g), 1, 1), (len(h), 1, 1)]) == exactly(upper + 1)


@points(1)
@given(row=lengths(0, 3), column=lengths(0, 3), dtype=dtypes())
def test_dtype(bandwidth, row, column, dtype):
    """Every entry counts unless it is exactly zero, even the dtype's smallest positive number."""
    matrix = torch.zeros(4, 4, dtype=dtype)
    matrix[row, column] = torch.finfo(dtype).tiny * torch.finfo(dtype).eps
    assert bandwidth(matrix) == exactly((max(row - column, 0), max(column - row, 0)))


@points(1)
@given(matrix=images(), layers=st.lists(layer, max_size=3))
def test_purity(bandwidth, receptive_field, matrix, layers):
    """The calls don't change the matrix or the list of layers."""
    assert bandwidth.inputs_after(matrix)[0] == exactly(matrix)
    assert receptive_field.inputs_after(layers)[0] == exactly(layers)


@points(1)
@given(layers=st.lists(layer, min_size=1, max_size=3), place=lengths(0, 2), which=lengths(0, 2))
def test_domain(receptive_field, layers, place, which):
    """A kernel, a stride or a dilation below 1 in any layer raises ValueError."""
    numbers = list(layers[place % len(layers)])
    numbers[which] = 0 if place < 2 else -1
    layers[place % len(layers)] = tuple(numbers)
    with pytest.raises(ValueError):
        receptive_field(layers)


@points(1)
@given(matrix=images())
def test_domain_axes(bandwidth, matrix):
    """A matrix without entries, with one axis or with three axes raises ValueError."""
    for no_matrix in (matrix[:0], matrix[:, :0], matrix[0], matrix[None]):
        with pytest.raises(ValueError):
            bandwidth(no_matrix)
