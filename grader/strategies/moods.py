"""A case's kind of entries and its size, and the parts that a property's cases are divided into."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

import torch
from hypothesis import strategies as st


class Mood(NamedTuple):
    """The kind of entries in a case: small integers, or positive fractions times powers of ten.

    Numbers of the same sign don't cancel, so rounding errors stay in proportion to the compared values.
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
    """A part of a property's cases, with one mood and size. If either is None, Hypothesis draws it."""

    mood: Mood | None = None
    is_large: bool | None = None
    # The number of cases, in proportion to the other parts.
    share: int = 1


EVERYTHING = Part()
SIMPLE = Part(INTEGERS, is_large=False, share=20)
# Alone, Hypothesis draws one mood for half of a property's cases and another one never.
# From simple to complex: a failure of several parts is shown in the first of them.
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
    """Make strategies draw cases only from this part."""
    global _part  # noqa: PLW0603 - strategies are made once, at import, and drawn from much later
    before, _part = _part, part
    try:
        yield
    finally:
        _part = before


def asked_for() -> Part:
    """Return the part to draw cases for."""
    return _part


def is_watched(what: str) -> None:
    """Record that a strategy draws moods, or sizes."""
    _looked_at[what] = True


@contextlib.contextmanager
def parts_that_matter() -> Iterator[list[Part]]:
    """Record which choices are drawn, then fill the yielded list with parts, merging equivalent ones."""
    parts: list[Part] = []
    _looked_at.update(mood=False, size=False)
    yield parts
    merged: dict[tuple[object, object], Part] = {}
    for part in PARTS:
        key = (part.mood if _looked_at["mood"] else None, part.is_large if _looked_at["size"] else None)
        known = merged.get(key)
        merged[key] = part if known is None else known._replace(share=known.share + part.share)
    parts.extend(merged.values())


# One for all tensors of a case, because they meet in one product.
MOOD = st.shared(st.sampled_from((INTEGERS, INTEGERS, *MOODS)), key="grader: the mood of a case")
# One for all sizes of a case, because a long kernel needs a longer signal.
SIZE = st.shared(st.integers(0, 2), key="grader: the size of a case")
LARGE = 2
