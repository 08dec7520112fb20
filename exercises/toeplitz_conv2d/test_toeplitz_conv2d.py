"""Tests of the matrix of a whole 2-D layer."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import Bank2d, banks_2d, dilations, dtypes, lengths, pair, tensors
from reference.formulas.two_dimensions import (
    cross_correlate_groups,
    kronecker,
    output_sides,
    toeplitz_2d_strided,
    toeplitz_conv2d_gradient,
    unvec,
)

build_toeplitz_conv2d = submitted("build_toeplitz_conv2d")

TIMES = st.sampled_from(((1, 1), (1, 3), (2, 1)))
MIXERS = tensors(st.tuples(lengths(1, 3), lengths(1, 3), st.just(1), st.just(1)))
LARGE = tensors(st.tuples(lengths(1, 2), lengths(1, 2), lengths(2, 3), lengths(2, 3)))
# The first and the last row of the kernels' taps always lie in the padding.
BEYOND = st.builds(
    Bank2d,
    x=tensors(st.tuples(st.just(1), st.just(1), st.just(1), lengths(1, 3))),
    weight=tensors(st.just((1, 1, 3, 1))),
    stride=st.just(1),
    padding=st.just((2, 0)),
    dilation=st.just((2, 1)),
    groups=st.just(1),
)
OUTSIDE = (
    {"stride": (1, 0)},
    {"padding": (0, -1)},
    {"dilation": 0},
    {"groups": 0},
    {"groups": 2},
    {"weight": torch.ones(3, 2, 0, 2)},
    {"weight": torch.ones(3, 0, 2, 2)},
    {"weight": torch.ones(3, 2, 2)},
)


@points(1)
@settings(max_examples=40)
@given(bank=banks_2d())
def test_shape(build_toeplitz_conv2d, bank):
    """T has oh * ow rows for each output channel and H * W columns for each input channel."""
    x, weight, *geometry, _ = bank
    places = math.prod(output_sides(x.shape[2:], weight.shape[2:], *map(pair, geometry)))
    matrix = build_toeplitz_conv2d(weight, *x.shape[2:], *bank[2:])
    assert matrix.shape == (len(weight) * places, x.numel())
    out, into, kh, kw = weight.shape
    assert build_toeplitz_conv2d(weight, 5, 6).shape == (out * (6 - kh) * (7 - kw), into * 30)
    # One pixel inside its padding: most taps of a dilated kernel never meet it.
    assert build_toeplitz_conv2d(weight, 1, 1, 1, (kh - 1, kw - 1), 2).shape == (out, into)


@points(4)
@settings(max_examples=40)
@given(bank=banks_2d(max_batch=None), times=TIMES)
def test_values(build_toeplitz_conv2d, bank, times):
    """T maps the vec of each image in a batch to the vec of the layer's output for that image."""
    x, (weight, *geometry, groups) = bank.x.repeat(1, 1, *times), bank[1:]
    y = cross_correlate_groups(x, weight, *map(pair, geometry), groups)
    matrix = build_toeplitz_conv2d(weight, *x.shape[2:], *geometry, groups)
    assert unvec(x.flatten(1) @ matrix.T, y.shape) == close(y)


@points(2)
@settings(max_examples=30)
@given(bank=banks_2d(max_groups=1))
def test_blocks(build_toeplitz_conv2d, bank):
    """Block (o, c) of T is the matrix of the kernel weight[o, c] alone."""
    (*_, height, width), geometry = bank.x.shape, [pair(value) for value in bank[2:5]]
    blocks = [[toeplitz_2d_strided(h, height, width, *geometry) for h in row] for row in bank.weight]
    matrix = torch.cat([torch.cat(row, dim=1) for row in blocks])
    assert build_toeplitz_conv2d(bank.weight, height, width, *bank[2:5]) == exactly(matrix)


@points(1)
@settings(max_examples=30)
@given(weight=MIXERS, height=lengths(1, 3), width=lengths(1, 3))
def test_mixing(build_toeplitz_conv2d, weight, height, width):
    """1 x 1 kernels only mix the channels, so T is the Kronecker product of the taps and I."""
    blocks = kronecker(weight[:, :, 0, 0], torch.eye(height * width, dtype=weight.dtype))
    assert build_toeplitz_conv2d(weight, height, width) == exactly(blocks)


@points(2)
@settings(max_examples=30)
@given(bank=banks_2d())
def test_groups(build_toeplitz_conv2d, bank):
    """T is block diagonal: its blocks are the matrices of the groups, in order."""
    x, weight, *geometry, groups = bank
    alone = [build_toeplitz_conv2d(part, *x.shape[2:], *geometry) for part in weight.chunk(groups)]
    whole = build_toeplitz_conv2d(weight, *x.shape[2:], *geometry, groups)
    assert whole == exactly(torch.block_diag(*alone))


@points(1)
@settings(max_examples=30)
@given(bank=banks_2d())
def test_stride(build_toeplitz_conv2d, bank):
    """With stride (s, t), each output channel keeps every s-th row and t-th column of its outputs."""
    (*_, height, width), weight, (s, t), *others = bank.x.shape, bank.weight, pair(bank.stride), *bank[3:]
    sides = output_sides((height, width), weight.shape[2:], (1, 1), pair(bank.padding), pair(bank.dilation))
    every = build_toeplitz_conv2d(weight, height, width, 1, *others).unflatten(0, (len(weight), *sides))
    kept = exactly(every[:, ::s, ::t].flatten(0, 2))
    assert build_toeplitz_conv2d(weight, height, width, bank.stride, *others) == kept


@points(1)
@settings(max_examples=35)
@given(bank=banks_2d() | BEYOND)
def test_padding(build_toeplitz_conv2d, bank):
    """With padding (p, q), T has the inner pixels' columns of the matrix for (H + 2p, W + 2q) images."""
    (p, q), (*_, height, width) = pair(bank.padding), bank.x.shape
    larger = build_toeplitz_conv2d(bank.weight, height + 2 * p, width + 2 * q, bank.stride, 0, *bank[4:])
    larger = larger.unflatten(1, (-1, height + 2 * p, width + 2 * q))
    inner = exactly(larger[..., p : p + height, q : q + width].flatten(1))
    assert build_toeplitz_conv2d(bank.weight, height, width, *bank[2:]) == inner


@points(1)
@settings(max_examples=20)
@given(bank=banks_2d(), dtype=dtypes())
def test_dtype(build_toeplitz_conv2d, bank, dtype):
    """T has the weight's dtype."""
    assert build_toeplitz_conv2d(bank.weight.to(dtype), *bank.x.shape[2:], *bank[2:]).dtype == dtype


@points(1)
@settings(max_examples=30)
@given(bank=banks_2d())
def test_purity(build_toeplitz_conv2d, bank):
    """The weight is the same after the call."""
    after = build_toeplitz_conv2d.inputs_after(bank.weight, *bank.x.shape[2:], *bank[2:])
    assert after[0] == exactly(bank.weight)


@points(1)
@settings(max_examples=20)
@given(bank=banks_2d())
def test_gradient(build_toeplitz_conv2d, bank):
    """Each tap's gradient is the sum of the incoming gradient over the entries that hold the tap."""
    (x, weight), geometry = bank[:2], [pair(value) for value in bank[2:5]]
    shape = (len(weight), *output_sides(x.shape[2:], weight.shape[2:], *geometry), *x.shape[1:])
    g = x.new_tensor(range(1, math.prod(shape) + 1)).reshape(shape)
    expected = toeplitz_conv2d_gradient(g, weight.shape, *geometry, bank.groups)
    call = (weight, *x.shape[2:], *bank[2:])
    assert build_toeplitz_conv2d.vjp(*call, cotangent=g.flatten(3).flatten(0, 2)) == close(expected)


@points(1)
@settings(max_examples=30)
@given(weight=LARGE, dilation=dilations(2), missing=st.sampled_from(((1, 0), (0, 1))))
def test_domain(build_toeplitz_conv2d, weight, dilation, missing):
    """Dilated kernels that are longer than the image on one axis raise ValueError."""
    sides = (dilation * (k - 1) + 1 - less for k, less in zip(weight.shape[2:], missing, strict=True))
    with pytest.raises(ValueError):
        build_toeplitz_conv2d(weight, *sides, dilation=dilation)


@points(1)
@given(width=lengths(3, 5), outside=st.sampled_from(OUTSIDE))
def test_domain_arguments(build_toeplitz_conv2d, width, outside):
    """An empty or 3-D weight, or an invalid stride, padding, dilation or groups raises ValueError."""
    with pytest.raises(ValueError):
        build_toeplitz_conv2d(**{"weight": torch.ones(3, 2, 2, 2), "height": 4, "width": width, **outside})
