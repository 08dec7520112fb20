"""A counterexample for the page: the result and the expected one, as figures and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.report_model import Counterexample
from grader.reports import figure_cells, figures, spectra
from grader.reports.figure_cells import Grid
from grader.reports.figures import Figure, Look
from grader.sanitize import clean, short
from grader.text_table import as_array, digits_for, number

MAX_LISTED = 64


@dataclass(frozen=True)
class NumberTable:
    """A table of numbers with row and column indices. A vector has no row index."""

    caption: str
    columns: list[int]
    rows: list[tuple[int | None, list[tuple[str, bool]]]]


@dataclass(frozen=True)
class Panel:
    """One value, or one part of a tuple: a figure if possible, else words."""

    name: str
    figure: Figure | None = None
    words: str = ""
    tables: Sequence[NumberTable] = ()


@dataclass(frozen=True)
class Side:
    """The learner's result or the expected result."""

    title: str
    parts: list[Panel]


def sides(found: Counterexample, side: int) -> list[Side]:
    """Return the values to compare: none if there is no result, one if nothing is expected."""
    if found.difference is None and found.obtained is None:
        return []
    values = [("Your result", found.obtained, "w")]
    if found.difference is not None:
        values.append(("Expected", found.expected, "s"))
    grids = [figure_cells.grid(value) for _, value, _ in values]
    wrong = figure_cells.wrong_cells(found.difference, grids[0])
    largest = figure_cells.scale(
        [figure_cells.grid(part) for _, value, _ in values for _, part in figure_cells.parts(value)]
    )
    look = _look(grids, wrong, largest, side)
    as_bars = spectra.is_spectrum(*grids)
    return [
        Side(
            title,
            [
                _part(
                    name, part, look, title=f"{title} {name}".strip(), wrong=wrong, mark=mark, as_bars=as_bars
                )
                for name, part in figure_cells.parts(value)
            ],
        )
        for title, value, mark in values
    ]


def _look(grids: Sequence[Grid | None], wrong: list[bool], largest: float, side: int) -> Look:
    """Return the number format in which different values always look different."""
    first, last = (one.entries if one is not None else [] for one in (grids[0], grids[-1]))
    digits = digits_for(first, last, wrong or None)
    tidy = [
        figure_cells.tidied(one, largest).entries if one is not None else [] for one in (grids[0], grids[-1])
    ]
    apart = all(
        number(one, digits) != number(other, digits)
        for one, other, differs in zip(*tidy, wrong, strict=False)
        if differs
    )
    return Look(largest, digits, side, tidy=apart)


def inputs(found: Counterexample) -> list[str]:
    """Return the input arrays that the call doesn't show, formatted for people."""
    return [
        f"{name} = {listed(part)}"
        for key, value in found.inputs.items()
        if f"{key}=" not in found.call
        for name, part in figure_cells.parts(value, key)
        if as_array(part) is not None
    ]


def listed(value: Any) -> str:
    """Return a value in one line: a small array as a list of numbers, a large one by its shape."""
    array = as_array(value)
    if array is None:
        return _plain(value)
    whole = figure_cells.grid(array)
    if whole is None or not whole.entries or len(whole.entries) > MAX_LISTED:
        return ("empty " if 0 in array.shape else "") + figure_cells.described(array)
    return _nested(array.values, len(whole.shape))


def _part(
    name: str, value: Any, look: Look, *, title: str, wrong: Sequence[bool], mark: str, as_bars: bool
) -> Panel:
    whole = figure_cells.grid(value)
    if whole is None or not whole.entries:
        return Panel(name, words=listed(value))
    if look.tidy:
        whole = figure_cells.tidied(whole, look.largest)
    marked = wrong if len(wrong) == len(whole.entries) else []
    draw = spectra.bars if as_bars else figures.heat_map
    figure = draw(whole, marked, look, name=title, mark=mark)
    return Panel(name, figure, tables=_tables(whole, marked, look, title, differs=mark == "w"))


def _tables(
    whole: Grid, wrong: Sequence[bool], look: Look, title: str, *, differs: bool
) -> list[NumberTable]:
    def cell(place: int) -> tuple[str, bool]:
        return number(whole.entries[place], look.digits), bool(differs and wrong and wrong[place])

    drawn = [] if figures.reads(whole) else figure_cells.sheets(whole, wrong, look.side)
    return [
        NumberTable(
            f"{title} [{', '.join(map(str, sheet.lead))}, :, :]" if sheet.lead else title,
            list(range(sheet.left, sheet.left + len(sheet.places[0]))) if whole.shape else [],
            [
                (sheet.top + i if len(whole.shape) > 1 else None, [cell(place) for place in row])
                for i, row in enumerate(sheet.places)
            ],
        )
        for sheet in drawn
    ]


def _nested(value: Any, depth: int) -> str:
    if not depth:
        return number(value, 7)
    return f"[{', '.join(_nested(one, depth - 1) for one in value)}]"


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return _bracketed(map(_plain, value[:MAX_LISTED]), len(value) == 1)
    return clean(value) if isinstance(value, str) else short(value)


def _bracketed(texts: Iterable[str], alone: bool) -> str:  # noqa: FBT001 - the comma of a tuple of one
    return f"({', '.join(texts)}{',' if alone else ''})"
