"""Lengths, strides, paddings and dilations: the numbers of a case."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from grader.strategies.moods import LARGE, SIZE, asked_for, is_watched


def lengths(smallest: int, largest: int, *, beyond: int | None = None) -> SearchStrategy[int]:
    """Draw a length, or a difference of two lengths.

    With `beyond`, a large case has a length above `largest` and up to `beyond`.
    """
    if beyond is None:
        return st.integers(smallest, largest)
    return usual_or_large(smallest, largest, largest + 1, beyond)


@cache
def usual_or_large(smallest: int, largest: int, larger: int, beyond: int) -> SearchStrategy[int]:
    """Draw a length up to `largest`. In a large case, draw it from `larger` to `beyond`."""
    return _length(st.integers(smallest, largest), st.integers(larger, beyond))


@st.composite
def _length(draw: DrawFn, usual: SearchStrategy[int], large: SearchStrategy[int]) -> int:
    is_watched("size")
    is_large = draw(SIZE) == LARGE if asked_for().is_large is None else asked_for().is_large
    return draw(large if is_large else usual)


def strides(largest: int | None = None) -> SearchStrategy[int]:
    """Draw strides from 1 (the simplest) to `largest`. The default is 3, or 6 in large cases."""
    return _up_to(1, largest)


def paddings(largest: int | None = None) -> SearchStrategy[int]:
    """Draw paddings from 0 (the simplest) to `largest`. The default is 3, or 6 in large cases."""
    return _up_to(0, largest)


def dilations(largest: int | None = None) -> SearchStrategy[int]:
    """Draw dilations from 1 (the simplest) to `largest`. The default is 3, or 6 in large cases."""
    return _up_to(1, largest)


def _up_to(smallest: int, largest: int | None) -> SearchStrategy[int]:
    return usual_or_large(smallest, 3, smallest, 6) if largest is None else st.integers(smallest, largest)


def pairs(numbers: SearchStrategy[int]) -> SearchStrategy[int | tuple[int, int]]:
    """Draw one number for both axes, or a (row, column) pair."""
    return st.one_of(numbers, st.tuples(numbers, numbers))


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """Return a (row, column) pair: an int means the same for both axes."""
    return (value, value) if isinstance(value, int) else value
