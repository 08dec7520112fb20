"""Tests of im2col, and of the convolution layer that uses it."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import (
    banks_2d,
    dilations,
    dtypes,
    lengths,
    paddings,
    pair,
    pairs,
    signals,
    strides,
    tensors,
)
from reference.formulas.two_dimensions import (
    cross_correlate_images,
    cross_correlate_images_gradients,
    output_sides,
    patches,
)

im2col = submitted("im2col")
conv2d_via_im2col = submitted("conv2d_via_im2col")

BANKS = banks_2d(max_groups=1, max_batch=None)
BIASES = signals(min_size=6, max_size=6)
SIDES = lengths(4, 6, beyond=9)
BATCHES = tensors(st.tuples(lengths(1, 2, beyond=5), lengths(1, 2, beyond=5), SIDES, SIDES))
PAIRS_OF_IMAGES = tensors(st.tuples(st.just(2), lengths(1, 2), lengths(6, 7), lengths(6, 7)))
KERNEL_SIZES = st.tuples(lengths(1, 3, beyond=6), lengths(1, 3, beyond=6))
WINDOWS = st.tuples(pairs(lengths(1, 2)), pairs(strides()), pairs(paddings()), pairs(dilations()))
OUTSIDE = (
    {"kernel_size": 0},
    {"kernel_size": (2, 0)},
    {"kernel_size": (1, 6)},
    {"kernel_size": 3, "dilation": (2, 1)},
    {"stride": 0},
    {"padding": (0, -1)},
    {"dilation": 0},
    {"x": torch.ones(2, 4, 5)},
    {"x": torch.ones(1, 0, 4, 5)},
)
OUTSIDE_LAYER = (
    {"weight": torch.ones(3, 1, 2, 2)},
    {"weight": torch.ones(2, 2, 2)},
    {"weight": torch.ones(0, 2, 2, 2)},
    {"bias": torch.ones(2)},
    {"bias": torch.ones(3, 1)},
    {"weight": torch.ones(3, 2, 2, 6)},
    {"stride": 0},
    {"padding": -1},
    {"dilation": (1, 0)},
)


@points(1)
@given(bank=BANKS)
def test_shape(im2col, bank):
    """im2col(x, (kh, kw)) has a row for each tap of each channel, and a column for each position."""
    (batch, channels, *sides), kernel_shape = bank.x.shape, bank.weight.shape[2:]
    places = math.prod(output_sides(sides, kernel_shape, *map(pair, bank[2:5])))
    rows = channels * math.prod(kernel_shape)
    assert im2col(bank.x, tuple(kernel_shape), *bank[2:5]).shape == (batch, rows, places)


@points(4)
@given(x=BATCHES, window=WINDOWS)
def test_values(im2col, x, window):
    """Entry ((c kh + a) kw + b, i ow + j) is channel c's pixel under tap (a, b) at position (i, j)."""
    assert im2col(x, *window) == exactly(patches(x, *map(pair, window)))


@points(1)
@given(x=BATCHES, kernel_size=KERNEL_SIZES, place=st.tuples(lengths(0, 8), lengths(0, 8)))
def test_patches(im2col, x, kernel_size, place):
    """Column i ow + j is the patch at position (i, j), flattened channel by channel and row by row."""
    (kh, kw), (oh, ow) = kernel_size, output_sides(x.shape[2:], kernel_size, (1, 1), (0, 0), (1, 1))
    i, j = place[0] % oh, place[1] % ow
    patch = x[:, :, i : i + kh, j : j + kw].flatten(1)
    assert im2col(x, kernel_size)[:, :, i * ow + j] == exactly(patch)


@points(3)
@given(bank=BANKS)
def test_convolution(conv2d_via_im2col, bank):
    """Without a bias, the layer's output is the cross-correlation of x with each kernel."""
    x, weight, *geometry = bank[:5]
    expected = cross_correlate_images(x, weight, *map(pair, geometry))
    assert conv2d_via_im2col(x, weight, None, *geometry) == close(expected)
    out, _, kh, kw = weight.shape
    assert conv2d_via_im2col(x.new_ones(1, x.shape[1], 5, 6), weight).shape == (1, out, 6 - kh, 7 - kw)


@points(1)
@settings(max_examples=25)
@given(bank=BANKS)
def test_product(im2col, conv2d_via_im2col, bank):
    """The flattened output is the weight matrix (a row for each output channel) times im2col's matrix."""
    x, weight, *geometry = bank[:5]
    product = weight.flatten(1) @ im2col(x, tuple(weight.shape[2:]), *geometry)
    assert conv2d_via_im2col(x, weight, None, *geometry).flatten(2) == close(product)


@points(1)
@settings(max_examples=25)
@given(bank=BANKS, bias=BIASES)
def test_bias(conv2d_via_im2col, bank, bias):
    """Each output channel's bias is added once to each of its pixels."""
    x, weight, *geometry = bank[:5]
    plain = cross_correlate_images(x, weight, *map(pair, geometry))
    biased = plain + bias[: len(weight), None, None]
    assert conv2d_via_im2col(x, weight, bias[: len(weight)], *geometry) == close(biased)


@points(1)
@given(
    x=tensors(st.just((1, 1, 4, 5))), numbers=st.tuples(lengths(1, 2), strides(), paddings(1), dilations(2))
)
def test_pairs(im2col, x, numbers):
    """An int n means the same as the pair (n, n)."""
    assert im2col(x, *numbers) == exactly(im2col(x, *((number, number) for number in numbers)))


@points(1)
@given(x=PAIRS_OF_IMAGES, kernel_size=KERNEL_SIZES)
def test_batch(im2col, x, kernel_size):
    """The items of a batch are independent: each one alone gives the same output."""
    apart = torch.cat((im2col(x[:1], kernel_size), im2col(x[1:], kernel_size)))
    assert im2col(x, kernel_size) == exactly(apart)


@points(1)
@settings(max_examples=25)
@given(bank=BANKS, dtype=dtypes())
def test_dtype(conv2d_via_im2col, bank, dtype):
    """The output has the inputs' dtype and is computed in that precision."""
    x, weight, *geometry = bank[:5]
    x = x.to(dtype) / 7
    expected = cross_correlate_images(x, weight.to(dtype), *map(pair, geometry))
    assert conv2d_via_im2col(x, weight.to(dtype), None, *geometry) == close(
        expected, scale=x.norm() * weight.norm()
    )


@points(1)
@settings(max_examples=25)
@given(bank=BANKS, bias=BIASES)
def test_purity(conv2d_via_im2col, bank, bias):
    """The call doesn't change the images, the weight or the bias."""
    bias = bias[: len(bank.weight)]
    images, weight, offsets, *_ = conv2d_via_im2col.inputs_after(*bank[:2], bias, *bank[2:5])
    assert images == exactly(bank.x)
    assert weight == exactly(bank.weight)
    assert offsets == exactly(bias)


@points(2)
@settings(max_examples=20)
@given(bank=BANKS, bias=BIASES)
def test_gradient(conv2d_via_im2col, bank, bias):
    """The gradient of a pixel, tap or bias sums the incoming gradient over all terms that contain it."""
    x, weight, bias, geometry = *bank[:2], bias[: len(bank.weight)], [*map(pair, bank[2:5])]
    shape = (len(x), len(weight), *output_sides(x.shape[2:], weight.shape[2:], *geometry))
    g = x.new_tensor(range(1, math.prod(shape) + 1)).reshape(shape)
    gradients = conv2d_via_im2col.vjp(x, weight, bias, *geometry, cotangent=g)
    dx, dweight = cross_correlate_images_gradients(g, x, weight, *geometry)
    assert gradients[0] == close(dx)
    assert gradients[1] == close(dweight)
    assert gradients[2] == close(g.sum((0, 2, 3)))


@points(1)
@given(channels=lengths(1, 3), outside=st.sampled_from(OUTSIDE))
def test_domain(im2col, channels, outside):
    """An x with the wrong shape, a kernel that doesn't fit, or an invalid argument raises ValueError."""
    with pytest.raises(ValueError):
        im2col(**{"x": torch.ones(1, channels, 4, 5), "kernel_size": 2, **outside})


@points(1)
@given(width=lengths(2, 5), outside=st.sampled_from(OUTSIDE_LAYER))
def test_domain_layer(conv2d_via_im2col, width, outside):
    """An empty weight, or a weight or bias with the wrong shape, raises ValueError."""
    with pytest.raises(ValueError):
        conv2d_via_im2col(**{"x": torch.ones(1, 2, 4, width), "weight": torch.ones(3, 2, 2, 2), **outside})


@points(1)
@settings(max_examples=10)
@given(bank=BANKS)
def test_method(im2col, conv2d_via_im2col, bank):
    """Your code calls neither torch's unfold nor any convolution operator."""
    x, weight, *geometry = bank[:5]
    assert im2col.forbidden(x, tuple(weight.shape[2:]), *geometry) == []
    assert conv2d_via_im2col.forbidden(x, weight, None, *geometry) == []
