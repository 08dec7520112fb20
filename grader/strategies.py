"""Strategies: signals, kernels and the numbers that go with them.

They shrink to 1, 2, 3, ..., so that a smallest case shows each entry at its place: an integer from -9 to 9
held in float32, on which direct methods are exact. Other cases look into corners, all tensors of a case into
the same one: fractions that no narrower dtype holds, entries of another magnitude, in both dtypes. Some
are larger than most: right only for small sizes is wrong.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from torch import Tensor

LARGEST = 9
MOST_DRAWN = 25
# How far each entry is from the simplest; in larger tensors they go on and on.
STEPS = st.binary(min_size=MOST_DRAWN, max_size=MOST_DRAWN)


class Mood(NamedTuple):
    """What the entries of a case are like: small integers, or positive fractions times powers of ten.

    With one sign nothing cancels, so that rounding stays in proportion to what is compared.
    """

    dtype: torch.dtype
    exponents: tuple[int, ...] = ()


INTEGERS = Mood(torch.float32)
MOODS = (
    Mood(torch.float64, (0,)),
    Mood(torch.float32, (0,)),
    Mood(torch.float64, (7,)),
    Mood(torch.float32, (-7,)),
    Mood(torch.float64, (0, -5, 5, 0, 7)),
)


class Part(NamedTuple):
    """A part of a property's cases: of one mood and size; where they are None, Hypothesis draws them."""

    mood: Mood | None = None
    is_large: bool | None = None
    # How many of a property's cases, in proportion to the other parts.
    share: int = 1


EVERYTHING = Part()
SIMPLE = Part(INTEGERS, is_large=False, share=20)
# Left to itself, Hypothesis draws one mood for half of a property's cases and another for none.
# From simple to complex: what fails in several parts is shown in the first of them.
PARTS = (
    SIMPLE,
    Part(INTEGERS, is_large=True, share=5),
    *(Part(mood, is_large=False, share=3) for mood in MOODS),
    *(Part(mood, is_large=True, share=2) for mood in MOODS),
)
_part = EVERYTHING
_looked_at = {"mood": False, "size": False}


@contextlib.contextmanager
def only(part: Part) -> Iterator[None]:
    """Have strategies draw cases of this part alone."""
    global _part  # noqa: PLW0603 - strategies are made once, at import, and drawn from much later
    before, _part = _part, part
    try:
        yield
    finally:
        _part = before


@contextlib.contextmanager
def parts_that_matter() -> Iterator[list[Part]]:
    """Watch what is drawn; leave the parts that differ for it: it may draw no moods, or no sizes."""
    parts: list[Part] = []
    _looked_at.update(mood=False, size=False)
    yield parts
    merged: dict[tuple[object, object], Part] = {}
    for part in PARTS:
        key = (part.mood if _looked_at["mood"] else None, part.is_large if _looked_at["size"] else None)
        known = merged.get(key)
        merged[key] = part if known is None else known._replace(share=known.share + part.share)
    parts.extend(merged.values())


# One for all tensors of a case: they meet in one product.
MOOD = st.shared(st.sampled_from((INTEGERS, INTEGERS, *MOODS)), key="grader: the mood of a case")
# One for all sizes of a case: a long kernel needs a longer signal.
SIZE = st.shared(st.integers(0, 2), key="grader: the size of a case")
LARGE = 2
LONG_KERNEL, LONG_SIGNAL = 20, 96
WIDE_KERNEL, WIDE_IMAGE = 5, 17


def tensors(
    shapes: SearchStrategy[tuple[int, ...]], *, dtype: torch.dtype | None = None
) -> SearchStrategy[Tensor]:
    """Draw tensors of the drawn shapes; some of them do not lie contiguously in memory.

    With a `dtype` the entries are small integers, held in that.
    """
    return _tensors(shapes, None if dtype is None else Mood(dtype))


# Made once: to look at a function that draws takes Hypothesis longer than most of the drawing.
@st.composite
def _tensors(draw: DrawFn, shapes: SearchStrategy[tuple[int, ...]], mood: Mood | None) -> Tensor:
    shape = draw(shapes)
    if mood is None:
        _looked_at["mood"] = True
        mood = _part.mood or draw(MOOD)
    # However large a tensor is, it takes one draw of one size: where the shape shrinks, nothing else moves,
    # and to draw each entry of a large one would take longer than to judge it.
    steps = draw(STEPS)
    entries: list[float] = [_entry(place, steps[place % MOST_DRAWN]) for place in range(math.prod(shape))]
    if mood.exponents:
        entries = [_fraction(place, entry, mood.exponents) for place, entry in enumerate(entries)]
    return _laid_out(torch.tensor(entries, dtype=mood.dtype).reshape(shape), draw)


def signals(
    *,
    min_size: int = 1,
    max_size: int | None = None,
    beyond: int | None = None,
    dtype: torch.dtype | None = None,
) -> SearchStrategy[Tensor]:
    """Draw signals of shape (n,), up to 8 entries long; in a large case 24 to 96, more than any kernel.

    With `max_size` they are never longer than that, with `beyond` up to that in a large case.
    """
    if max_size is not None:
        return tensors(st.tuples(lengths(min_size, max_size, beyond=beyond)), dtype=dtype)
    longest = LONG_SIGNAL if beyond is None else beyond
    shortest = max(min(LONG_KERNEL + 4, longest), min_size)
    sizes = _lengths(min_size, max(8, min_size), shortest, max(longest, shortest))
    return tensors(st.tuples(sizes), dtype=dtype)


def kernels(
    *,
    min_size: int = 1,
    max_size: int | None = None,
    beyond: int | None = None,
    dtype: torch.dtype | None = None,
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (k,): odd and even lengths up to 4, rarely symmetric; in a large case 5 to 20.

    With `max_size` they are never longer than that, with `beyond` up to that in a large case.
    """
    if max_size is None:
        max_size, beyond = max(4, min_size), max(LONG_KERNEL, min_size + 1) if beyond is None else beyond
    return signals(min_size=min_size, max_size=max_size, beyond=beyond, dtype=dtype)


def complex_signals(*, min_size: int = 1, max_size: int | None = None) -> SearchStrategy[Tensor]:
    """Draw signals of shape (n,), complex: real and imaginary parts are entries as those of `signals`."""
    sizes = lengths(min_size, 8, beyond=LONG_SIGNAL) if max_size is None else lengths(min_size, max_size)
    return tensors(st.tuples(st.just(2), sizes)).map(lambda both: torch.complex(both[0], both[1]))


def images(
    *,
    min_side: int = 1,
    max_side: int | None = None,
    beyond: int | None = None,
    dtype: torch.dtype | None = None,
) -> SearchStrategy[Tensor]:
    """Draw images of shape (H, W), seldom square, sides up to 5; in a large one 5 to 17, one under 9.

    With `max_side` no side is longer than that, with `beyond` both are up to that in a large case.
    """
    usual = max(5, min_side)
    if max_side is not None or beyond is not None:
        side = lengths(min_side, usual if max_side is None else max_side, beyond=beyond)
        return tensors(st.tuples(side, side), dtype=dtype)
    short = _lengths(min_side, usual, usual, max(8, min_side))
    long = _lengths(min_side, usual, max(9, min_side), max(WIDE_IMAGE, min_side))
    sides = st.tuples(short, long, st.booleans()).map(lambda one: (one[1], one[0]) if one[2] else one[:2])
    return tensors(sides, dtype=dtype)


def kernels_2d(
    *, min_side: int = 1, max_side: int | None = None, dtype: torch.dtype | None = None
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (kh, kw), seldom square, sides up to 3; in a large case one to 5."""
    side = (
        lengths(min_side, max_side)
        if max_side is not None
        else _lengths(min_side, 3, max(2, min_side), WIDE_KERNEL)
    )
    return tensors(st.tuples(side, side), dtype=dtype)


def lengths(smallest: int, largest: int, *, beyond: int | None = None) -> SearchStrategy[int]:
    """Draw a length, or how much longer one thing is than another.

    With `beyond`, it is larger than `largest` in a large case, up to that.
    """
    if beyond is None:
        return st.integers(smallest, largest)
    return _lengths(smallest, largest, largest + 1, beyond)


@cache
def _lengths(smallest: int, largest: int, larger: int, beyond: int) -> SearchStrategy[int]:
    return _length(st.integers(smallest, largest), st.integers(larger, beyond))


@st.composite
def _length(draw: DrawFn, usual: SearchStrategy[int], large: SearchStrategy[int]) -> int:
    _looked_at["size"] = True
    is_large = draw(SIZE) == LARGE if _part.is_large is None else _part.is_large
    return draw(large if is_large else usual)


def strides(largest: int | None = None) -> SearchStrategy[int]:
    """Draw strides, 1 first: up to 3, in a large case up to 6, or up to `largest`."""
    return _up_to(1, largest)


def paddings(largest: int | None = None) -> SearchStrategy[int]:
    """Draw paddings, 0 first: up to 3, in a large case up to 6, or up to `largest`."""
    return _up_to(0, largest)


def dilations(largest: int | None = None) -> SearchStrategy[int]:
    """Draw dilations, 1 first: up to 3, in a large case up to 6, or up to `largest`."""
    return _up_to(1, largest)


def _up_to(smallest: int, largest: int | None) -> SearchStrategy[int]:
    return _lengths(smallest, 3, smallest, 6) if largest is None else st.integers(smallest, largest)


def pairs(numbers: SearchStrategy[int]) -> SearchStrategy[int | tuple[int, int]]:
    """Draw one number for both axes, or a (row, column) pair."""
    return st.one_of(numbers, st.tuples(numbers, numbers))


class Layer1d(NamedTuple):
    """A kernel of shape (k,), a signal's length, and how the kernel moves; it fits at least once."""

    kernel: Tensor
    n: int
    stride: int
    padding: int
    dilation: int


class Layer2d(NamedTuple):
    """A kernel (kh, kw), an image's sides, and how the kernel moves: ints, or (row, column) pairs."""

    kernel: Tensor
    height: int
    width: int
    stride: int | tuple[int, int]
    padding: int | tuple[int, int]
    dilation: int | tuple[int, int]


def layers_1d(
    *,
    max_kernel: int | None = None,
    max_stride: int | None = None,
    max_padding: int | None = None,
    max_dilation: int | None = None,
    max_extra: int | None = None,
    min_rows: int = 1,
) -> SearchStrategy[Layer1d]:
    """Draw 1-D layers: also kernels longer than the unpadded signal, and strides that don't divide.

    Each has at least `min_rows` outputs; where that is two, rows can be compared: n is more than the stride.
    """
    geometry = st.tuples(strides(max_stride), paddings(max_padding), dilations(max_dilation))
    extra = lengths(0, 4, beyond=20) if max_extra is None else lengths(0, max_extra)
    return _layers_1d(kernels(max_size=max_kernel), geometry, extra, min_rows)


@st.composite
def _layers_1d(
    draw: DrawFn,
    drawn: SearchStrategy[Tensor],
    geometry: SearchStrategy[tuple[int, int, int]],
    extra: SearchStrategy[int],
    min_rows: int = 1,
) -> Layer1d:
    kernel = draw(drawn)
    stride, padding, dilation = draw(geometry)
    extent = dilation * (len(kernel) - 1) + 1 + (min_rows - 1) * stride
    n = max(extent - 2 * padding, 1 if min_rows == 1 else stride + 1) + draw(extra)
    return Layer1d(kernel, n, stride, padding, dilation)


def layers_2d(
    *,
    max_side: int | None = None,
    max_stride: int | None = None,
    max_padding: int | None = None,
    max_dilation: int | None = None,
    max_extra: int | None = None,
) -> SearchStrategy[Layer2d]:
    """Draw 2-D layers: kernels and images seldom square, and geometry that often differs between the axes."""
    geometry = st.tuples(
        pairs(strides(max_stride)), pairs(paddings(max_padding)), pairs(dilations(max_dilation))
    )
    extra = lengths(0, 2, beyond=4) if max_extra is None else lengths(0, max_extra)
    return _layers_2d(kernels_2d(max_side=max_side), geometry, extra)


@st.composite
def _layers_2d(
    draw: DrawFn,
    drawn: SearchStrategy[Tensor],
    geometry: SearchStrategy[tuple[Any, Any, Any]],
    extra: SearchStrategy[int],
) -> Layer2d:
    kernel = draw(drawn)
    stride, padding, dilation = draw(geometry)
    height, width = (
        _fitting(side, p, d) + draw(extra)
        for side, p, d in zip(kernel.shape, pair(padding), pair(dilation), strict=True)
    )
    return Layer2d(kernel, height, width, stride, padding, dilation)


class Bank1d(NamedTuple):
    """A signal of C_in channels (C_in, n), and a whole 1-D layer: its weight is (C_out, C_in / groups, k)."""

    x: Tensor
    weight: Tensor
    stride: int
    padding: int
    dilation: int
    groups: int


class Bank2d(NamedTuple):
    """A batch of images (N, C_in, H, W), and a whole 2-D layer: a weight (C_out, C_in / groups, kh, kw)."""

    x: Tensor
    weight: Tensor
    stride: int | tuple[int, int]
    padding: int | tuple[int, int]
    dilation: int | tuple[int, int]
    groups: int


# With several channels kernels stay short: what is large has more channels.
TAPS = _lengths(1, 3, 2, 4)
OF_BANKS_1D = _layers_1d(
    tensors(st.tuples(TAPS)), st.tuples(strides(), paddings(), dilations()), lengths(0, 3, beyond=12)
)
OF_BANKS_2D = _layers_2d(
    tensors(st.tuples(TAPS, TAPS)),
    st.tuples(pairs(strides()), pairs(paddings()), pairs(dilations())),
    lengths(0, 2, beyond=5),
)


@st.composite
def banks_1d(draw: DrawFn, *, max_groups: int | None = None, max_channels: int | None = None) -> Bank1d:
    """Draw 1-D layers with channels; C_out seldom is C_in, and neither tells anything of k.

    There are up to 2 groups of up to 2 channels in and 3 out; in a large case up to 6, or of up to 5 and 6.
    """
    layer = draw(OF_BANKS_1D)
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    x = draw(tensors(st.just((c_in, layer.n))))
    return Bank1d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


@st.composite
def banks_2d(
    draw: DrawFn,
    *,
    max_groups: int | None = None,
    max_channels: int | None = None,
    max_batch: int | None = 1,
) -> Bank2d:
    """Draw 2-D layers with channels; C_out seldom is C_in, and neither tells anything of kh and kw.

    Groups and channels are as those of `banks_1d`. With `max_batch=None` there are up to 2 images, in a large
    case up to 5.
    """
    layer = draw(OF_BANKS_2D)
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    batch = draw(lengths(1, 2, beyond=5) if max_batch is None else lengths(1, max_batch))
    x = draw(tensors(st.just((batch, c_in, layer.height, layer.width))))
    return Bank2d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


def _channels(
    draw: DrawFn, max_groups: int | None, max_channels: int | None, kernel_shape: tuple[int, ...]
) -> tuple[int, int, Tensor]:
    """Draw groups, and a weight for them; each group has its own numbers of channels in and out."""
    groups = draw(_lengths(1, 2, 1, 6) if max_groups is None else lengths(1, max_groups))
    into, out = draw(_channels_of(2, max_channels)), draw(_channels_of(3, max_channels and max_channels + 1))
    if groups > 2:
        # Many groups of many channels would take longer than they tell.
        into, out = 1, 1 + out % 2
    weight = draw(tensors(st.just((groups * out, into, *kernel_shape))))
    return groups, groups * into, weight


def _channels_of(usual: int, most: int | None) -> SearchStrategy[int]:
    return _lengths(1, usual, 1, usual + 3) if most is None else lengths(1, most)


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """Return a (row, column) pair: an int means the same for both axes."""
    return (value, value) if isinstance(value, int) else value


def _fitting(size: int, padding: int, dilation: int) -> int:
    """Return the shortest side in which a kernel fits once."""
    return max(1, dilation * (size - 1) + 1 - 2 * padding)


def as_arrays(drawn: SearchStrategy[Tensor]) -> SearchStrategy[np.ndarray[Any, Any]]:
    """Draw what another strategy draws, as NumPy arrays: for courses that don't use torch."""
    return drawn.map(lambda tensor: tensor.numpy())


def dtypes(*, with_complex: bool = False) -> SearchStrategy[torch.dtype]:
    """Draw the floating dtypes that every exercise keeps, and where it says so their complex ones."""
    real = (torch.float64, torch.float32)
    return st.sampled_from((*real, torch.complex128, torch.complex64) if with_complex else real)


def _entry(place: int, step: int) -> int:
    """Return the entry at a place: 1, 2, 3, ... moved on by `step`, back to -9 after 9."""
    return (place + 1 + step + LARGEST) % (2 * LARGEST + 1) - LARGEST


def _fraction(place: int, entry: float, exponents: tuple[int, ...]) -> float:
    """Return a positive fraction in an entry's place: tenths, most of which no binary number holds."""
    return (abs(entry) + 1) / 10 * 10.0 ** exponents[place % len(exponents)]


def _laid_out(tensor: Tensor, draw: DrawFn) -> Tensor:
    """Return the tensor, or an equal one that lies in memory with gaps."""
    if tensor.dim() == 0 or not draw(st.booleans()):
        return tensor
    return torch.stack((tensor, torch.full_like(tensor, LARGEST + 1)), dim=-1)[..., 0]
