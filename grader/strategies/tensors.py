"""Signals, kernels and images: tensors with the entries 1, 2, 3, ..., which may be shifted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from torch import Tensor

from grader.strategies.moods import MOOD, Mood, asked_for, is_watched
from grader.strategies.sizes import lengths, usual_or_large

LARGEST = 9
MOST_DRAWN = 25
# How far each entry is from the simplest one. Larger tensors repeat these steps.
STEPS = st.binary(min_size=MOST_DRAWN, max_size=MOST_DRAWN)
LONG_KERNEL, LONG_SIGNAL = 20, 96
WIDE_KERNEL, WIDE_IMAGE = 5, 17


def tensors(
    shapes: SearchStrategy[tuple[int, ...]], *, dtype: torch.dtype | None = None
) -> SearchStrategy[Tensor]:
    """Draw tensors of the drawn shapes. Some of them aren't contiguous in memory.

    With a `dtype`, the entries are small integers of that dtype.
    """
    return _tensors(shapes, None if dtype is None else Mood(dtype))


# Made once: Hypothesis needs more time to inspect a function that draws than for most of the drawing.
@st.composite
def _tensors(draw: DrawFn, shapes: SearchStrategy[tuple[int, ...]], mood: Mood | None) -> Tensor:
    shape = draw(shapes)
    if mood is None:
        is_watched("mood")
        mood = asked_for().mood or draw(MOOD)
    # A tensor of any size takes one draw of a fixed size. So nothing else moves if the shape shrinks. Drawing
    # each entry of a large tensor would take longer than testing it.
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
    """Draw signals of shape (n,), up to 8 entries long. Large cases have 24 to 96, more than any kernel.

    `max_size` limits the usual length, and `beyond` limits the length in large cases.
    """
    if max_size is not None:
        return tensors(st.tuples(lengths(min_size, max_size, beyond=beyond)), dtype=dtype)
    longest = LONG_SIGNAL if beyond is None else beyond
    shortest = max(min(LONG_KERNEL + 4, longest), min_size)
    sizes = usual_or_large(min_size, max(8, min_size), shortest, max(longest, shortest))
    return tensors(st.tuples(sizes), dtype=dtype)


def kernels(
    *,
    min_size: int = 1,
    max_size: int | None = None,
    beyond: int | None = None,
    dtype: torch.dtype | None = None,
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (k,): odd and even lengths up to 4, rarely symmetric. Large cases use 5 to 20.

    `max_size` limits the usual length, and `beyond` limits the length in large cases.
    """
    if max_size is None:
        max_size, beyond = max(4, min_size), max(LONG_KERNEL, min_size + 1) if beyond is None else beyond
    return signals(min_size=min_size, max_size=max_size, beyond=beyond, dtype=dtype)


def complex_signals(*, min_size: int = 1, max_size: int | None = None) -> SearchStrategy[Tensor]:
    """Draw complex signals of shape (n,). Real and imaginary parts are like the entries of `signals`."""
    sizes = lengths(min_size, 8, beyond=LONG_SIGNAL) if max_size is None else lengths(min_size, max_size)
    return tensors(st.tuples(st.just(2), sizes)).map(lambda both: torch.complex(both[0], both[1]))


def images(
    *,
    min_side: int = 1,
    max_side: int | None = None,
    beyond: int | None = None,
    dtype: torch.dtype | None = None,
) -> SearchStrategy[Tensor]:
    """Draw images of shape (H, W), rarely square.

    Height and width are at most 5. In large cases they are 5 to 17, and one of them is less than 9.
    `max_side` limits both in the usual cases, and `beyond` limits both in large cases.
    """
    usual = max(5, min_side)
    if max_side is not None or beyond is not None:
        side = lengths(min_side, usual if max_side is None else max_side, beyond=beyond)
        return tensors(st.tuples(side, side), dtype=dtype)
    short = usual_or_large(min_side, usual, usual, max(8, min_side))
    long = usual_or_large(min_side, usual, max(9, min_side), max(WIDE_IMAGE, min_side))
    sides = st.tuples(short, long, st.booleans()).map(lambda one: (one[1], one[0]) if one[2] else one[:2])
    return tensors(sides, dtype=dtype)


def kernels_2d(
    *, min_side: int = 1, max_side: int | None = None, dtype: torch.dtype | None = None
) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (kh, kw), rarely square, up to 3 x 3, or up to 5 x 5 in large cases."""
    side = (
        lengths(min_side, max_side)
        if max_side is not None
        else usual_or_large(min_side, 3, max(2, min_side), WIDE_KERNEL)
    )
    return tensors(st.tuples(side, side), dtype=dtype)


def as_arrays(drawn: SearchStrategy[Tensor]) -> SearchStrategy[np.ndarray[Any, Any]]:
    """Draw the tensors of another strategy as NumPy arrays, for courses that don't use torch."""
    return drawn.map(lambda tensor: tensor.numpy())


def dtypes(*, with_complex: bool = False) -> SearchStrategy[torch.dtype]:
    """Draw the floating dtypes that every exercise preserves, plus complex ones if `with_complex` is set."""
    real = (torch.float64, torch.float32)
    return st.sampled_from((*real, torch.complex128, torch.complex64) if with_complex else real)


def _entry(place: int, step: int) -> int:
    """Return the entry at an index: 1, 2, 3, ..., shifted by `step`. The entry after 9 is -9."""
    return (place + 1 + step + LARGEST) % (2 * LARGEST + 1) - LARGEST


def _fraction(place: int, entry: float, exponents: tuple[int, ...]) -> float:
    """Convert an entry to a positive fraction in tenths, because most tenths are inexact in binary."""
    return (abs(entry) + 1) / 10 * 10.0 ** exponents[place % len(exponents)]


def _laid_out(tensor: Tensor, draw: DrawFn) -> Tensor:
    """Return the tensor, or an equal one with gaps in memory."""
    if tensor.dim() == 0 or not draw(st.booleans()):
        return tensor
    return torch.stack((tensor, torch.full_like(tensor, LARGEST + 1)), dim=-1)[..., 0]
