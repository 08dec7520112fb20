"""The text of a submission. The cells of a notebook form one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

TOP = (1,)


class Place(NamedTuple):
    """A line number as the author sees it: counted from the top of the notebook cell or the file."""

    cell: int | None
    line: int

    @property
    def name(self) -> str:
        """The name of the line: `line 2`, or `cell 3, line 2`."""
        return f"line {self.line}" if self.cell is None else f"cell {self.cell}, line {self.line}"


def joined(cells: Iterable[str]) -> tuple[str, tuple[int, ...]]:
    """Return the cells as one text, and the line on which each begins."""
    cells = list(cells)
    starts, line = [], 1
    for cell in cells:
        starts.append(line)
        line += cell.count("\n") + 1
    return "\n".join(cells), tuple(starts)


def split(text: str, starts: Sequence[int]) -> list[str]:
    """Return the text of each cell. A plain file is one cell."""
    lines = text.split("\n")
    starts = starts or TOP
    ends = (*starts[1:], len(lines) + 1)
    return ["\n".join(lines[start - 1 : end - 1]) for start, end in zip(starts, ends, strict=True)]


def place_of(line: int, starts: Sequence[int]) -> Place:
    """Convert a line number of the whole text to a `Place`. Cells are counted from 1."""
    cell = bisect_right(starts, line)
    return Place(cell, line - starts[cell - 1] + 1) if cell else Place(None, line)


class SourceText(msgspec.Struct, frozen=True):
    """A submission's text and file name, and the lines on which a notebook's cells begin."""

    text: str
    filename: str
    starts: tuple[int, ...] = ()

    @property
    def cells(self) -> list[str]:
        """The text of each cell. A file is one cell."""
        return split(self.text, self.starts)

    def place(self, line: int) -> Place:
        """Convert a line number of the whole text to a `Place`."""
        return place_of(line, self.starts)

    def line_at(self, place: Place) -> str | None:
        """Return the line at a `Place`, or None if it doesn't exist."""
        cells = self.cells
        cell = (place.cell or 1) - 1
        lines = cells[cell].split("\n") if 0 <= cell < len(cells) else []
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None
