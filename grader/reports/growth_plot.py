"""A plot of times over sizes in characters, on logarithmic scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rich.text import Text

from grader.measure_model import Contender
from grader.reports import measure_units, measure_wording
from grader.reports.log_axis import LogAxis

# For each contender: its mark, its mark in ASCII, and its style.
MARKS = (
    ("●", "o", "bold cyan"),
    ("▲", "x", "yellow"),
    ("■", "#", "magenta"),
    ("◇", "+", "green"),
    ("○", "@", "blue"),
    ("△", "%", "red"),
    ("□", "&", "cyan"),
    ("◆", "$", "bright_black"),
)
SEVERAL = ("=", "")
NARROWEST = 30
TALLEST, LOWEST = 16, 8
# Columns that one label of the lower axis needs.
LABEL = 9

Place = tuple[int, int]


def mark(number: int, *, plain: bool) -> tuple[str, str]:
    """Return the mark and the style of a contender. `plain` chooses the mark in ASCII."""
    sign, ascii_sign, style = measure_wording.cycled(MARKS, number)
    return (ascii_sign if plain else sign), style


def plot(contenders: Sequence[Contender], width: int, *, plain: bool) -> list[Text]:
    """Return the lines of a plot, or none if it shows no growth or doesn't fit into the width."""
    lines = [[(one.size, one.seconds) for one in each.points if one.seconds] for each in contenders]
    points = [point for line in lines for point in line]
    if len({size for size, _ in points}) < 2 or width < NARROWEST:
        return []
    across, up = LogAxis.around(size for size, _ in points), LogAxis.around(time for _, time in points)
    height = min(max(width // 5, LOWEST), TALLEST)
    labels = {_row(up, tick, height): measure_units.time(tick, 1) for tick in up.ticks(height // 2)}
    left = max(map(len, labels.values())) + 1
    columns = width - left - 1

    def place(point: tuple[int, float]) -> Place:
        return _row(up, point[1], height), round(across.share(point[0]) * (columns - 1))

    cells = _cells([[place(one) for one in line] for line in lines], plain=plain)
    wall, notch = ("|", "+") if plain else ("│", "┤")
    drawn = [
        Text(f"{labels.get(row, ''):>{left}}{notch if row in labels else wall}", "dim").append_text(
            _line(cells, row, columns)
        )
        for row in range(height)
    ]
    return [*drawn, *_foot(across, left, columns, plain=plain)]


def _row(up: LogAxis, seconds: float, height: int) -> int:
    return round((1 - up.share(seconds)) * (height - 1))


def _cells(lines: Sequence[Sequence[Place]], *, plain: bool) -> dict[Place, tuple[str, str]]:
    """Return the sign and style of each cell: marks cover the dots between them."""
    dot = "." if plain else "·"
    cells = {
        place: (dot, mark(number, plain=plain)[1])
        for number, line in reversed(list(enumerate(lines)))
        for place in _between(line)
    }
    taken: dict[Place, tuple[str, str]] = {}
    for number, line in enumerate(lines):
        for place in set(line):
            taken[place] = SEVERAL if place in taken else mark(number, plain=plain)
    return cells | taken


def _between(line: Sequence[Place]) -> Iterator[Place]:
    for (row, column), (last_row, last_column) in pairwise(line):
        for step in range(1, last_column - column):
            share = step / (last_column - column)
            yield round(row + share * (last_row - row)), column + step


def _line(cells: Mapping[Place, tuple[str, str]], row: int, columns: int) -> Text:
    signs = [cells.get((row, column), (" ", "")) for column in range(columns)]
    text = Text.assemble(*signs)
    text.rstrip()
    return text


def _foot(across: LogAxis, left: int, columns: int, *, plain: bool) -> list[Text]:
    """Return the lower axis and its labels."""
    corner, floor, notch = ("+", "-", "+") if plain else ("└", "─", "┬")
    line, labels = [floor] * columns, [" "] * (left + 1 + columns)
    for tick in across.ticks(max(columns // LABEL, 2)):
        column = round(across.share(tick) * (columns - 1))
        line[column] = notch
        text = measure_units.size(tick)
        start = min(left + 1 + column - len(text) // 2, len(labels) - len(text))
        labels[start : start + len(text)] = text
    bottom = Text(" " * left + corner + "".join(line), "dim")
    return [bottom, Text("n".rjust(left) + "".join(labels[left:]).rstrip(), "dim")]
