"""Tests of the matrix of a 1-D layer with channels."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import Bank1d, banks_1d, dilations, dtypes, lengths, paddings, tensors
from reference.formulas.one_dimension import (
    cross_correlate_channels,
    output_length,
    toeplitz_1d_strided,
    toeplitz_channels_gradient,
)
from reference.formulas.two_dimensions import kronecker, unvec

build_toeplitz_channels = submitted("build_toeplitz_channels")

MIXERS = tensors(st.tuples(lengths(1, 3), lengths(1, 3), st.just(1)))
LONG = tensors(st.tuples(lengths(1, 2), lengths(1, 2), lengths(4, 5)))
# As many channels as taps, so that code that confuses the two runs without an error.
SQUARE = st.builds(
    Bank1d,
    x=tensors(st.just((3, 4))),
    weight=tensors(st.tuples(lengths(1, 2), st.just(3), st.just(3))),
    stride=st.just(1),
    padding=paddings(1),
    dilation=st.just(1),
    groups=st.just(1),
)
OUTSIDE = (
    {"stride": 0},
    {"padding": -1},
    {"dilation": 0},
    {"groups": 0},
    {"groups": 2},
    {"weight": torch.ones(3, 2, 0)},
    {"weight": torch.ones(3, 0, 2)},
    {"weight": torch.ones(3, 2)},
)


@points(1)
@given(bank=banks_1d())
def test_shape(build_toeplitz_channels, bank):
    """T has m rows for each output channel and n columns for each input channel."""
    x, weight, *geometry, _ = bank
    rows = len(weight) * output_length(x.shape[1], weight.shape[2], *geometry)
    assert build_toeplitz_channels(weight, x.shape[1], *bank[2:]).shape == (rows, x.numel())
    out, into, k = weight.shape
    assert build_toeplitz_channels(weight, 4).shape == (out * (5 - k), into * 4)


@points(4)
@settings(max_examples=40)
@given(bank=banks_1d(), times=lengths(1, 1, beyond=5))
def test_values(build_toeplitz_channels, bank, times):
    """T vec(x) is the vec of the layer's output: C_out consecutive channels of m entries each."""
    x = bank.x.repeat(1, times)
    y = cross_correlate_channels(x, *bank[1:])
    matrix = build_toeplitz_channels(bank.weight, x.shape[1], *bank[2:])
    assert unvec(matrix @ x.flatten(), y.shape) == close(y)


@points(2)
@given(bank=banks_1d(max_groups=1) | SQUARE)
def test_blocks(build_toeplitz_channels, bank):
    """Block (o, c) of T is the matrix of the kernel weight[o, c] alone."""
    x, weight, *geometry, _ = bank
    blocks = [[toeplitz_1d_strided(h, x.shape[1], *geometry) for h in kernels] for kernels in weight]
    matrix = torch.cat([torch.cat(row, dim=1) for row in blocks])
    assert build_toeplitz_channels(weight, x.shape[1], *geometry) == exactly(matrix)


@points(1)
@given(weight=MIXERS, n=lengths(1, 4))
def test_mixing(build_toeplitz_channels, weight, n):
    """One-tap kernels only mix the channels, so T is the Kronecker product of the taps and I."""
    blocks = kronecker(weight[:, :, 0], torch.eye(n, dtype=weight.dtype))
    assert build_toeplitz_channels(weight, n) == exactly(blocks)


@points(2)
@settings(max_examples=30)
@given(bank=banks_1d())
def test_groups(build_toeplitz_channels, bank):
    """T is block diagonal: its blocks are the matrices of the groups, in order."""
    x, weight, *geometry, groups = bank
    alone = [build_toeplitz_channels(part, x.shape[1], *geometry) for part in weight.chunk(groups)]
    assert build_toeplitz_channels(weight, x.shape[1], *geometry, groups) == exactly(torch.block_diag(*alone))


@points(1)
@settings(max_examples=30)
@given(bank=banks_1d())
def test_stride(build_toeplitz_channels, bank):
    """With stride s, T has every s-th row of each output channel of the matrix with stride 1."""
    x, weight, stride, *others = bank
    every = build_toeplitz_channels(weight, x.shape[1], 1, *others).unflatten(0, (len(weight), -1))
    kept = exactly(every[:, ::stride].flatten(0, 1))
    assert build_toeplitz_channels(weight, x.shape[1], stride, *others) == kept


@points(1)
@settings(max_examples=30)
@given(bank=banks_1d())
def test_padding(build_toeplitz_channels, bank):
    """With padding p, T has columns p to p + n - 1 of each input channel of the matrix for n + 2p."""
    (channels, n), weight, stride, p, *others = bank.x.shape, *bank[1:]
    longer = build_toeplitz_channels(weight, n + 2 * p, stride, 0, *others).unflatten(1, (channels, -1))
    kept = exactly(longer[:, :, p : p + n].flatten(1))
    assert build_toeplitz_channels(weight, n, stride, p, *others) == kept


@points(1)
@settings(max_examples=20)
@given(bank=banks_1d(), dtype=dtypes())
def test_dtype(build_toeplitz_channels, bank, dtype):
    """T has the weight's dtype."""
    assert build_toeplitz_channels(bank.weight.to(dtype), bank.x.shape[1], *bank[2:]).dtype == dtype


@points(1)
@settings(max_examples=30)
@given(bank=banks_1d())
def test_purity(build_toeplitz_channels, bank):
    """The weight is the same after the call."""
    after = build_toeplitz_channels.inputs_after(bank.weight, bank.x.shape[1], *bank[2:])
    assert after[0] == exactly(bank.weight)


@points(1)
@settings(max_examples=30)
@given(bank=banks_1d())
def test_gradient(build_toeplitz_channels, bank):
    """Each tap's gradient is the sum of the incoming gradient over the entries that hold the tap."""
    x, weight, *geometry, _ = bank
    rows = len(weight) * output_length(x.shape[1], weight.shape[2], *geometry)
    g = x.new_tensor(range(1, rows * x.numel() + 1)).reshape(rows, x.numel())
    expected = toeplitz_channels_gradient(g, weight.shape, x.shape[1], *bank[2:])
    gradient = build_toeplitz_channels.vjp(weight, x.shape[1], *bank[2:], cotangent=g)
    assert gradient == close(expected)


@points(1)
@given(weight=LONG, padding=paddings(1), dilation=dilations(2))
def test_domain(build_toeplitz_channels, weight, padding, dilation):
    """Dilated kernels that are longer than the padded signal raise ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_channels(weight, dilation * (weight.shape[2] - 1) - 2 * padding, 1, padding, dilation)


@points(1)
@given(n=lengths(4, 5), outside=st.sampled_from(OUTSIDE))
def test_domain_arguments(build_toeplitz_channels, n, outside):
    """An empty or 2-D weight, or an invalid stride, padding, dilation or groups raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_channels(**{"weight": torch.ones(3, 2, 2), "n": n, **outside})
