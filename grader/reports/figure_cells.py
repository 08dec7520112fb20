"""The cells of an array that a figure shows, and their content."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from grader.report_model import Array
from grader.text_table import as_array

STEPS = 5
MAX_SHEETS = 6
NOISE = 1e-6


@dataclass(frozen=True)
class Grid:
    """An array's entries in row-major order, and its shape."""

    dtype: str
    shape: tuple[int, ...]
    entries: list[Any]

    @property
    def is_complex(self) -> bool:
        """Return whether the entries are pairs of real and imaginary parts."""
        return self.dtype.startswith("complex")

    @property
    def rows(self) -> int:
        """The number of rows of one sheet. A vector is one row."""
        return self.shape[-2] if len(self.shape) > 1 else 1

    @property
    def columns(self) -> int:
        """The number of columns of one sheet."""
        return self.shape[-1] if self.shape else 1


@dataclass(frozen=True)
class Sheet:
    """The drawn part of one matrix: its position in the array, and the positions of its cells."""

    lead: tuple[int, ...]
    top: int
    left: int
    places: list[list[int]]


def grid(value: Any) -> Grid | None:
    """Return an array's entries. None if it isn't an array or its entries don't match its shape."""
    array = as_array(value)
    if array is None or any(size < 0 for size in array.shape):
        return None
    shape = tuple(array.shape)
    if 0 in shape:
        return Grid(array.dtype, shape, [])
    entries: list[Any] = [array.values]
    for size in shape:
        if not all(isinstance(one, list) and len(one) == size for one in entries):
            return None
        entries = [part for one in entries for part in one]
    found = Grid(array.dtype, shape, entries)
    return found if all(_is_entry(one, pair=found.is_complex) for one in entries) else None


def wrong_cells(difference: Any, like: Grid | None) -> list[bool]:
    """Return a list that marks the wrong entries, or [] if the cells can't be compared one by one."""
    found = grid(difference)
    if found is None or like is None or len(found.entries) != len(like.entries):
        return []
    return [one not in (0, 0.0, [0.0, 0.0]) for one in found.entries]


def sheets(whole: Grid, wrong: Sequence[bool], side: int) -> list[Sheet]:
    """Return the parts to draw: at most `side` rows and columns, around the first wrong cell."""
    size = whole.rows * whole.columns
    if not size or not whole.entries:
        return []
    first = wrong.index(True) if True in wrong else 0
    row, column = divmod(first % size, whole.columns)
    # A single row needs little height, so it may be wider.
    wide = side if whole.rows > 1 else 2 * side
    rows, columns = _stretch(row, whole.rows, side), _stretch(column, whole.columns, wide)
    room = max(1, min(MAX_SHEETS, side * side // (len(rows) * len(columns))))
    leads = list(product(*map(range, whole.shape[:-2])))
    return [
        Sheet(
            leads[number],
            rows.start,
            columns.start,
            [[number * size + i * whole.columns + j for j in columns] for i in rows],
        )
        for number in _stretch(first // size, len(leads), room)
    ]


def left_out(whole: Grid, drawn: Sequence[Sheet]) -> str:
    """Return a note on how many entries are drawn, or "" if all are."""
    shown = sum(len(row) for sheet in drawn for row in sheet.places)
    if not shown or shown == len(whole.entries):
        return ""
    return f"{shown} of {len(whole.entries)} entries are drawn."


def scale(grids: Sequence[Grid | None]) -> float:
    """Return the largest finite magnitude, for a colour scale that the figures share."""
    sizes = [magnitude(one) for each in grids if each is not None for one in each.entries]
    return max((size for size in sizes if math.isfinite(size)), default=0.0)


def tint(entry: Any, largest: float) -> str:
    """Return an entry's colour class: n5 to n1 below zero, z for zero, p1 to p5 above, u if not finite."""
    size = magnitude(entry)
    if not math.isfinite(size):
        return "u"
    if not size or not largest:
        return "z"
    below = not isinstance(entry, list) and entry < 0
    return f"{'n' if below else 'p'}{max(1, min(STEPS, math.ceil(STEPS * (size / largest))))}"


def magnitude(entry: Any) -> float:
    """Return an entry's magnitude, or infinity for NaN."""
    if entry is None or (isinstance(entry, list) and None in entry):
        return math.inf
    try:
        size = math.hypot(*entry) if isinstance(entry, list) else abs(float(entry))
    except OverflowError:
        return math.inf
    return math.inf if math.isnan(size) else size


def tidied(whole: Grid, largest: float) -> Grid:
    """Return complex entries without rounding noise: `1-1.2e-16j` is 1."""
    if not whole.is_complex:
        return whole
    noise = NOISE * largest
    entries = [
        [0.0 if part is not None and abs(part) <= noise else part for part in entry]
        for entry in whole.entries
    ]
    return Grid(whole.dtype, whole.shape, entries)


def index(whole: Grid, place: int) -> str:
    """Return an entry's index as Python writes it: `[1, 0]`."""
    at: list[int] = []
    for size in reversed(whole.shape):
        place, here = divmod(place, size)
        at.insert(0, here)
    return str(at)


def parts(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a value's parts with their names. Tuples with arrays are split."""
    if isinstance(value, list | tuple) and any(as_array(one) for one in value):
        for number, one in enumerate(value):
            yield from parts(one, f"{name}[{number}]")
    elif isinstance(value, dict) and as_array(value) is None:
        for key, one in value.items():
            yield from parts(one, f"{name}.{key}".lstrip("."))
    else:
        yield name, value


def described(array: Array) -> str:
    """Return the text shown for an array that isn't drawn."""
    return f"{array.dtype} tensor of shape {tuple(array.shape)}"


def _stretch(place: int, size: int, side: int) -> range:
    start = max(0, min(place - side // 2, size - side))
    return range(start, min(size, start + side))


def _is_entry(value: Any, *, pair: bool) -> bool:
    if pair:
        return (
            isinstance(value, list) and len(value) == 2 and all(_is_entry(one, pair=False) for one in value)
        )
    return value is None or isinstance(value, bool | int | float)
