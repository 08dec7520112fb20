"""Strategies: signals, kernels and the numbers that go with them.

They shrink to 1, 2, 3, ..., so that a smallest case shows each entry at its place,
and every entry is an integer between -9 and 9 held in a float: direct methods are exact on them.
"""

from __future__ import annotations

import math
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


def tensors(
    shapes: SearchStrategy[tuple[int, ...]], *, dtype: torch.dtype = torch.float32
) -> SearchStrategy[Tensor]:
    """Draw tensors of the drawn shapes; some of them do not lie contiguously in memory."""
    return _tensors(shapes, dtype)


# Made once: to look at a function that draws takes Hypothesis longer than most of the drawing.
@st.composite
def _tensors(draw: DrawFn, shapes: SearchStrategy[tuple[int, ...]], dtype: torch.dtype) -> Tensor:
    shape = draw(shapes)
    # However large a tensor is, it takes one draw of one size: where the shape shrinks, nothing else moves,
    # and to draw each entry of a large one would take longer than to judge it.
    steps = draw(STEPS)
    entries = [_entry(place, steps[place % MOST_DRAWN]) for place in range(math.prod(shape))]
    return _laid_out(torch.tensor(entries, dtype=dtype).reshape(shape), draw)


def signals(
    *, min_size: int = 1, max_size: int = 8, beyond: int | None = None, dtype: torch.dtype = torch.float32
) -> SearchStrategy[Tensor]:
    """Draw signals of shape (n,); with `beyond`, every other one larger, up to that."""
    return tensors(st.tuples(lengths(min_size, max_size, beyond=beyond)), dtype=dtype)


def kernels(
    *, min_size: int = 1, max_size: int = 4, dtype: torch.dtype = torch.float32
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (k,): odd and even lengths, rarely symmetric."""
    return signals(min_size=min_size, max_size=max_size, dtype=dtype)


def complex_signals(*, min_size: int = 1, max_size: int = 8) -> SearchStrategy[Tensor]:
    """Draw signals of shape (n,), complex: real and imaginary parts are integers between -9 and 9."""
    parts = tensors(st.tuples(st.just(2), lengths(min_size, max_size)))
    return parts.map(lambda both: torch.complex(both[0], both[1]))


def images(
    *, min_side: int = 1, max_side: int = 5, beyond: int | None = None, dtype: torch.dtype = torch.float32
) -> SearchStrategy[Tensor]:
    """Draw images of shape (H, W), seldom square; with `beyond`, every other side is larger, up to that."""
    side = lengths(min_side, max_side, beyond=beyond)
    return tensors(st.tuples(side, side), dtype=dtype)


def kernels_2d(
    *, min_side: int = 1, max_side: int = 3, dtype: torch.dtype = torch.float32
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (kh, kw), seldom square."""
    return images(min_side=min_side, max_side=max_side, dtype=dtype)


def lengths(smallest: int, largest: int, *, beyond: int | None = None) -> SearchStrategy[int]:
    """Draw a length, or how much longer one thing is than another.

    With `beyond`, every other one is larger than `largest`, up to that: right only for small sizes is wrong.
    Hypothesis varies what it has drawn, so far fewer than half would often mean none.
    """
    return st.integers(smallest, largest) if beyond is None else _lengths(smallest, largest, beyond)


@st.composite
def _lengths(draw: DrawFn, smallest: int, largest: int, beyond: int) -> int:
    # A large one shrinks into the usual ones step by step: nothing has to be drawn anew on the way.
    length = draw(st.integers(smallest, beyond))
    if length <= largest or draw(st.booleans()):
        return length
    return smallest + (length - largest - 1) % (largest - smallest + 1)


def strides(largest: int = 3) -> SearchStrategy[int]:
    """Draw strides, 1 first."""
    return st.integers(1, largest)


def paddings(largest: int = 3) -> SearchStrategy[int]:
    """Draw paddings, 0 first."""
    return st.integers(0, largest)


def dilations(largest: int = 3) -> SearchStrategy[int]:
    """Draw dilations, 1 first."""
    return st.integers(1, largest)


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


@st.composite
def layers_1d(
    draw: DrawFn,
    *,
    max_kernel: int = 4,
    max_stride: int = 3,
    max_padding: int = 3,
    max_dilation: int = 3,
    max_extra: int = 4,
    min_rows: int = 1,
) -> Layer1d:
    """Draw 1-D layers: also kernels longer than the unpadded signal, and strides that don't divide.

    Each has at least `min_rows` outputs; where that is two, rows can be compared: n is more than the stride.
    """
    kernel = draw(kernels(max_size=max_kernel))
    stride, padding, dilation = (
        draw(strides(max_stride)),
        draw(paddings(max_padding)),
        draw(dilations(max_dilation)),
    )
    extent = dilation * (len(kernel) - 1) + 1 + (min_rows - 1) * stride
    n = max(extent - 2 * padding, 1 if min_rows == 1 else stride + 1) + draw(lengths(0, max_extra))
    return Layer1d(kernel, n, stride, padding, dilation)


@st.composite
def layers_2d(
    draw: DrawFn,
    *,
    max_side: int = 3,
    max_stride: int = 3,
    max_padding: int = 2,
    max_dilation: int = 2,
    max_extra: int = 2,
) -> Layer2d:
    """Draw 2-D layers: kernels and images seldom square, and geometry that often differs between the axes."""
    kernel = draw(kernels_2d(max_side=max_side))
    stride = draw(pairs(strides(max_stride)))
    padding = draw(pairs(paddings(max_padding)))
    dilation = draw(pairs(dilations(max_dilation)))
    extra = st.tuples(lengths(0, max_extra), lengths(0, max_extra))
    height, width = (
        _fitting(side, p, d) + more
        for side, p, d, more in zip(kernel.shape, pair(padding), pair(dilation), draw(extra), strict=True)
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


@st.composite
def banks_1d(draw: DrawFn, *, max_groups: int = 2, max_channels: int = 2) -> Bank1d:
    """Draw 1-D layers with channels; C_out seldom is C_in, and neither tells anything of k."""
    layer = draw(layers_1d(max_kernel=3, max_stride=2, max_padding=2, max_dilation=2, max_extra=3))
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    x = draw(tensors(st.just((c_in, layer.n))))
    return Bank1d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


@st.composite
def banks_2d(draw: DrawFn, *, max_groups: int = 2, max_channels: int = 2, max_batch: int = 1) -> Bank2d:
    """Draw 2-D layers with channels; C_out seldom is C_in, and neither tells anything of kh and kw."""
    layer = draw(layers_2d(max_stride=2))
    groups, c_in, weight = _channels(draw, max_groups, max_channels, tuple(layer.kernel.shape))
    batch = draw(lengths(1, max_batch))
    x = draw(tensors(st.just((batch, c_in, layer.height, layer.width))))
    return Bank2d(x, weight, layer.stride, layer.padding, layer.dilation, groups)


def _channels(
    draw: DrawFn, max_groups: int, max_channels: int, kernel_shape: tuple[int, ...]
) -> tuple[int, int, Tensor]:
    """Draw groups, and a weight for them; each group has its own numbers of channels in and out."""
    groups = draw(lengths(1, max_groups))
    into, out = draw(lengths(1, max_channels)), draw(lengths(1, max_channels + 1))
    weight = draw(tensors(st.just((groups * out, into, *kernel_shape))))
    return groups, groups * into, weight


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


def _laid_out(tensor: Tensor, draw: DrawFn) -> Tensor:
    """Return the tensor, or an equal one that lies in memory with gaps."""
    if tensor.dim() == 0 or not draw(st.booleans()):
        return tensor
    return torch.stack((tensor, torch.full_like(tensor, LARGEST + 1)), dim=-1)[..., 0]
