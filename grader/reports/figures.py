"""Figures of matrices: SVG whose colours and marks are classes in the page's style sheet.

No figure uses colour alone: each cell shows its number, and wrong cells also have an outline and cross.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.reports import figure_cells
from grader.reports.figure_cells import Grid, Sheet
from grader.text_table import number

LETTER = 7.3
PADDING = 12
NARROWEST = 34
HEIGHT = 28
NOTE = 18
MARGIN = 18
MAX_TOLD = 6
MAX_READ = 24


@dataclass(frozen=True)
class Look:
    """How the figures of one comparison are drawn: colour scale, digits, and maximum side length.

    With `tidy`, complex numbers appear without rounding noise.
    """

    largest: float
    digits: int
    side: int
    tidy: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a figure: its number, colour class, mark, and second line of text."""

    text: str
    tint: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """An SVG picture, its width, and a note about any omitted entries."""

    svg: Markup
    width: int
    missing: str = ""


def heat_map(whole: Grid, wrong: Sequence[bool], look: Look, *, name: str, mark: str) -> Figure:
    """Draw a matrix as coloured cells. `mark` is the CSS class of cells that differ."""

    def cell(place: int) -> Cell:
        entry = whole.entries[place]
        differs = mark if wrong and wrong[place] else ""
        return Cell(number(entry, look.digits), figure_cells.tint(entry, look.largest), differs)

    drawn = figure_cells.sheets(whole, wrong, look.side)
    return _figure(whole, drawn, cell, told(whole, wrong, look, name))


def footprint(whole: Grid, notes: Mapping[int, str], look: Look, *, name: str) -> Figure:
    """Draw an input with a frame around each cell that a sum uses, and that cell's factor."""

    def cell(place: int) -> Cell:
        used = place in notes
        text = number(whole.entries[place], look.digits)
        return Cell(text, "f" if used else "o", "f" if used else "", notes.get(place, ""))

    drawn = figure_cells.sheets(whole, [place in notes for place in range(len(whole.entries))], look.side)
    used = ", ".join(
        f"{name}{figure_cells.index(whole, place)} {notes[place]}".strip() for place in sorted(notes)
    )
    return _figure(whole, drawn, cell, f"{name}, of shape {whole.shape}; framed: {used}.")


def told(whole: Grid, wrong: Sequence[bool], look: Look, name: str) -> str:
    """Describe the figure's content in words for screen readers."""
    text = f"{name}: {whole.dtype}, shape {whole.shape}"
    if reads(whole):
        text += f", entries {', '.join(number(one, look.digits) for one in whole.entries)}"
    places = [place for place, differs in enumerate(wrong) if differs]
    if places:
        text += f"; differing: {', '.join(figure_cells.index(whole, one) for one in places[:MAX_TOLD])}"
        text += f" and {len(places) - MAX_TOLD} more" if len(places) > MAX_TOLD else ""
    return f"{text}."


def reads(whole: Grid) -> bool:
    """Return whether the description contains all numbers. Only a short vector's does."""
    return len(whole.shape) < 2 and len(whole.entries) <= MAX_READ


def frame(x: int, y: int, width: int, height: int) -> str:
    """Return a rectangle as path data. A single path draws all cells of one colour."""
    return f"M{x} {y}h{width}v{height}h-{width}z"


def cross(right: int, top: int) -> str:
    """Return the small cross that marks the corner of a wrong cell."""
    return f"M{right - 8} {top + 3}l5 5m0-5l-5 5"


def svg(label: str, width: int, height: int, content: Markup) -> Markup:
    """Return an SVG picture with an accessible label."""
    return Markup(
        '<svg class=map role=img aria-label="{}" width={} height={} viewBox="0 0 {} {}">{}</svg>'
    ).format(label, width, height, width, height, content)


def text(x: float, y: float, words: str) -> Markup:
    """Return a text element at a position."""
    # Runs for each cell of each figure: Markup's `format` takes ten times as long.
    return Markup(f"<text x={x:g} y={y:g}>{escape(words)}</text>")  # noqa: S704 - the words are escaped


def row(places: Sequence[float], y: float, words: Sequence[str]) -> Markup:
    """Return texts in a row. Single characters share one element that lists their positions."""
    if len(words) > 1 and all(len(one) == 1 for one in words):
        # The blanks separate the numbers when copied. They need places too.
        at = " 0 ".join(f"{x:g}" for x in places)
        return Markup('<text x="{}" y={}>{}</text>').format(at, f"{y:g}", " ".join(words))
    return Markup().join(text(x, y, one) for x, one in zip(places, words, strict=True))


def group(kind: str, content: Sequence[Markup]) -> Markup:
    """Return content grouped under one class, or "" if it is empty."""
    return Markup("<g class={}>{}</g>").format(kind, Markup().join(content)) if content else Markup()


def paths(found: Mapping[str, Sequence[str]]) -> Markup:
    """Return one path for each class, in order."""
    return Markup().join(
        Markup('<path class={} d="{}"/>').format(kind, "".join(found[kind])) for kind in found
    )


def width_of(words: Sequence[str]) -> int:
    """Return a cell width that fits the longest of these texts."""
    return max(NARROWEST, math.ceil(LETTER * max(map(len, words), default=0)) + PADDING)


def _figure(whole: Grid, drawn: list[Sheet], cell: Callable[[int], Cell], label: str) -> Figure:
    found = {place: cell(place) for sheet in drawn for row in sheet.places for place in row}
    width = width_of([part for one in found.values() for part in (one.text, one.note)])
    height = HEIGHT + (NOTE if any(one.note for one in found.values()) else 0)
    canvas = _Canvas(width, height, len(whole.shape), found)
    for sheet in drawn:
        canvas.draw(sheet)
    return Figure(
        svg(label, canvas.right + 1, canvas.bottom + 1, canvas.content()),
        canvas.right + 1,
        figure_cells.left_out(whole, drawn),
    )


class _Canvas:
    """Draws sheets one below the other."""

    def __init__(self, width: int, height: int, dimensions: int, found: Mapping[int, Cell]) -> None:
        self.width, self.height, self.dimensions, self.found = width, height, dimensions, found
        self.right, self.bottom = 0, 1
        self._paths: dict[str, list[str]] = {}
        self._frames: dict[str, list[str]] = {}
        self._texts: dict[str, list[Markup]] = {}

    def draw(self, sheet: Sheet) -> None:
        """Add a sheet at the bottom: its position in the array, its indices, and its cells."""
        if sheet.lead:
            label = f"[{', '.join(map(str, sheet.lead))}, :, :]"
            self._say("l", 1, self.bottom + 14, label)
            self.bottom += MARGIN
            self.right = max(self.right, width_of([label]))
        left = 1 + (width_of([str(sheet.top + len(sheet.places))]) - PADDING if self.dimensions > 1 else 0)
        if self.dimensions:
            middles = [left + (j + 0.5) * self.width for j in range(len(sheet.places[0]))]
            self._row("i", self.bottom + 11, [(x, str(sheet.left + j)) for j, x in enumerate(middles)])
            self.bottom += MARGIN - 3
        for i, places in enumerate(sheet.places):
            if self.dimensions > 1:
                self._say("i", (left - 1) / 2, self.bottom + HEIGHT / 2 + 4, str(sheet.top + i))
            self._cells([self.found[place] for place in places], left)
            self.bottom += self.height
        self.right = max(self.right, left + len(sheet.places[0]) * self.width)

    def content(self) -> Markup:
        """Return the drawing: colours first, then frames on top of them, then text."""
        texts = [group(kind, self._texts[kind]) for kind in sorted(self._texts)]
        return paths(self._paths) + paths(self._frames) + Markup().join(texts)

    def _cells(self, cells: Sequence[Cell], left: int) -> None:
        words: dict[str, list[tuple[float, str]]] = {}
        for j, cell in enumerate(cells):
            x = left + j * self.width
            self._frame(cell, x, self.bottom)
            words.setdefault("b" if cell.mark else "c", []).append((x + self.width / 2, cell.text))
            if cell.note:
                self._say("t", x + self.width / 2, self.bottom + HEIGHT + 8, cell.note)
        for kind, found in words.items():
            self._row(kind, self.bottom + HEIGHT / 2 + 4, found)

    def _frame(self, cell: Cell, x: int, y: int) -> None:
        self._paths.setdefault(cell.tint, []).append(frame(x, y, self.width, self.height))
        if cell.mark:
            inner = frame(x + 2, y + 2, self.width - 4, self.height - 4)
            self._frames.setdefault(f"m{cell.mark}", []).append(inner)
        if cell.mark == "w":
            self._frames.setdefault("x", []).append(cross(x + self.width, y))

    def _row(self, kind: str, y: float, words: Sequence[tuple[float, str]]) -> None:
        self._texts.setdefault(kind, []).append(row([x for x, _ in words], y, [one for _, one in words]))

    def _say(self, kind: str, x: float, y: float, words: str) -> None:
        self._row(kind, y, [(x, words)])
