"""Strategies shrink to 1, 2, 3, ... and reach every edge case of the domain."""

import hypothesis
import pytest
import torch
from hypothesis import Phase, find, given, settings

from grader import strategies
from grader.strategies import (
    banks_1d,
    banks_2d,
    complex_signals,
    dtypes,
    images,
    kernels,
    kernels_2d,
    layers_1d,
    layers_2d,
    moods,
    pair,
    signals,
)

SEARCH = settings(max_examples=2000, database=None, derandomize=True, phases=(Phase.generate, Phase.shrink))


def smallest(strategy, condition=lambda value: True):
    return find(strategy, condition, settings=SEARCH)


def test_signals_shrink_to_one_two_three():
    """The simplest signal of any length counts up from 1."""
    assert smallest(signals(), lambda x: len(x) == 4).tolist() == [1.0, 2.0, 3.0, 4.0]


def test_images_shrink_to_a_ramp():
    """The simplest image counts up row by row, so that a transposition is visible."""
    assert smallest(images(), lambda x: x.shape == (2, 3)).tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("inputs", "is_wrong", "shapes"),
    [
        ((signals(beyond=40), signals()), lambda x, h: len(h) > 1 and len(x) not in (1, 2, 4), [(3,), (2,)]),
        ((images(beyond=9), kernels()), lambda x, h: min(x.shape) > 1 and len(h) > 2, [(2, 2), (3,)]),
        ((signals(min_size=40, max_size=40), kernels()), lambda x, h: len(h) > 1, [(40,), (2,)]),
    ],
)
def test_a_size_shrinks_and_moves_nothing_else(inputs, is_wrong, shapes, seed):
    """With small integers, the smallest failing case has minimal sizes and counts up from 1."""
    failing = []

    @hypothesis.seed(seed)
    @settings(SEARCH, derandomize=False, max_examples=50, report_multiple_bugs=False)
    @given(*inputs)
    def law(x, h):
        if is_wrong(x, h):
            failing.append((x, h))
            raise AssertionError

    with moods.only(moods.SIMPLE), pytest.raises(AssertionError):
        law()
    assert [tuple(one.shape) for one in failing[-1]] == shapes
    for one in failing[-1]:
        assert one.flatten().tolist()[:9] == list(range(1, one.numel() + 1))[:9]


@given(signals(dtype=torch.float32))
def test_entries_of_a_given_dtype_are_small_integers(x):
    """Every entry is an integer between -9 and 9."""
    assert x.dtype == torch.float32
    assert (x.abs() <= 9).all()
    assert torch.equal(x, x.round())


@given(signals(), kernels(), images(), kernels_2d())
def test_what_one_case_draws_fits_together(x, kernel, image, kernel_2d):
    """A case's tensors share one dtype, and its kernel has at most max(4, len(signal)) entries."""
    assert len({one.dtype for one in (x, kernel, image, kernel_2d)}) == 1
    assert len(kernel) <= max(len(x), 4)


@given(signals(), kernels())
def test_a_reach_is_kept(x, kernel):
    """If only the simple mood is allowed, cases are short and contain only small integers."""
    assert (x.dtype, len(x) <= 8, len(kernel) <= 4) == (torch.float32, True, True)
    assert torch.equal(x, x.round())


test_a_reach_is_kept = moods.only(moods.SIMPLE)(test_a_reach_is_kept)


@pytest.mark.parametrize(
    ("strategy", "corner"),
    [
        (kernels(), lambda h: len(h) == 1),
        (kernels(), lambda h: len(h) % 2 == 0),
        (kernels(), lambda h: len(h) > 1 and not torch.equal(h, h.flip(0)) and h[-1] != 0),
        (kernels(), lambda h: len(h) > 1 and h[-1] == 0),
        (kernels(), lambda h: (h < 0).any()),
        (kernels(), lambda h: not h.is_contiguous()),
        (signals(), lambda x: len(x) == 1),
        (signals(), lambda x: len(x) > 64),
        (signals(beyond=40), lambda x: 30 < len(x) <= 40),
        (signals(), lambda x: x.dtype == torch.float64 and (x.float() != x).all()),
        (signals(), lambda x: (x > 1e6).any() and (x < 1e-4).any()),
        (signals(), lambda x: (x < 1e-6).all() and len(x) > 24),
        (kernels(), lambda h: len(h) > 16),
        (images(), lambda x: x.shape[0] > 12 and x.shape[1] < 9),
        (images(beyond=9), lambda x: x.shape[0] > 7 and x.shape[1] < 8),
        (kernels_2d(), lambda h: min(h.shape) > 3),
        (layers_1d(), lambda one: one.stride == one.padding == 6 and one.dilation > 3),
        (banks_1d(), lambda one: one.groups == 6),
        (banks_1d(), lambda one: one.weight.shape[1] == 5),
        (banks_2d(max_batch=None), lambda one: one.x.shape[0] == 5 and one.weight.shape[1] > 2),
        (images(), lambda x: x.shape[0] != x.shape[1] and not x.is_contiguous()),
        (complex_signals(), lambda x: len(x) == 3 and (x.imag < 0).any()),
        (dtypes(with_complex=True), lambda dtype: dtype == torch.complex64),
        (banks_1d(), lambda one: one.groups > 1 and one.weight.shape[0] not in one.x.shape),
        (banks_1d(), lambda one: one.weight.shape[2] > one.x.shape[1]),
        (banks_1d(), lambda one: len({one.x.shape[0], *one.weight.shape}) == 4),
        (banks_2d(), lambda one: one.groups > 1 and one.weight.shape[1] > 1),
        (banks_2d(max_batch=2), lambda one: one.x.shape[0] > 1 and one.x.shape[2] != one.x.shape[3]),
        (kernels_2d(), lambda h: h.shape[0] < h.shape[1]),
        (kernels_2d(), lambda h: h.shape[0] > h.shape[1]),
        (layers_1d(), lambda one: len(one.kernel) > one.n),
        (layers_1d(), lambda one: one.dilation * (len(one.kernel) - 1) + 1 == one.n + 2 * one.padding),
        (layers_1d(), lambda one: one.padding >= len(one.kernel)),
        (layers_1d(), lambda one: one.stride > len(one.kernel)),
        (
            layers_1d(),
            lambda one: (one.n + 2 * one.padding - one.dilation * (len(one.kernel) - 1) - 1) % one.stride,
        ),
        (layers_1d(), lambda one: one.dilation > 1 and len(one.kernel) > 2),
        (layers_2d(), lambda one: one.height != one.width and one.kernel.shape[0] != one.kernel.shape[1]),
        (layers_2d(), lambda one: one.kernel.shape[0] > one.height),
        (layers_2d(), lambda one: one.kernel.shape[1] > one.width),
        (layers_2d(), lambda one: isinstance(one.stride, tuple) and one.stride[0] != one.stride[1]),
        (layers_2d(), lambda one: isinstance(one.padding, tuple) and one.padding[0] != one.padding[1]),
        (layers_2d(), lambda one: isinstance(one.dilation, tuple) and one.dilation[0] != one.dilation[1]),
        (layers_2d(), lambda one: isinstance(one.stride, int) and one.stride > 1),
    ],
)
def test_corners_are_reached(strategy, corner):
    """Each edge case of the domain is reached."""
    smallest(strategy, lambda value: bool(corner(value)))


@given(layers_1d(), layers_2d())
def test_the_kernel_fits_at_least_once(one, two):
    """Every layer has at least one output."""
    assert one.n >= 1
    assert one.n + 2 * one.padding >= one.dilation * (len(one.kernel) - 1) + 1
    sides = zip((two.height, two.width), two.kernel.shape, pair(two.padding), pair(two.dilation), strict=True)
    assert all(side >= 1 and side + 2 * p >= d * (k - 1) + 1 for side, k, p, d in sides)


@given(strategies.dtypes())
def test_dtypes_are_floating(dtype):
    """Only floating dtypes are drawn."""
    assert dtype.is_floating_point
