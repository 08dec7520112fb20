"""Draws complex vectors, with a bar for each entry's magnitude and its phase as text."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from grader.reports import figure_cells, figures
from grader.reports.figure_cells import Grid
from grader.reports.figures import Figure, Look
from grader.text_table import number

TALL = 72
TOP = 24
BOTTOM = 40


def is_spectrum(*grids: Grid | None) -> bool:
    """Return whether to draw these as bars: all must be vectors, and at least one must be complex."""
    found = [one for one in grids if one is not None]
    return any(one.is_complex for one in found) and all(len(one.shape) == 1 for one in found)


def bars(whole: Grid, wrong: Sequence[bool], look: Look, *, name: str, mark: str) -> Figure:
    """Draw a vector as bars, each with its number above and its magnitude and phase below."""
    drawn = figure_cells.sheets(whole, wrong, look.side)
    places = drawn[0].places[0] if drawn else []
    numbers = [number(whole.entries[place], look.digits) for place in places]
    polar = [polar_form(whole.entries[place], look.digits) for place in places]
    width = figures.width_of([*numbers, *polar])
    parts: dict[str, list[str]] = {"bar": []}
    for column, place in enumerate(places):
        x = 1 + column * width
        height = _height(whole.entries[place], look.largest)
        parts["bar"].append(figures.frame(x + width // 4, TOP + TALL - height, width // 2, height))
        if wrong and wrong[place]:
            parts.setdefault(f"m{mark}", []).append(
                figures.frame(x + 2, 2, width - 4, TOP + TALL + BOTTOM - 4)
            )
            if mark == "w":
                parts.setdefault("x", []).append(figures.cross(x + width, 1))
    content = figures.paths(parts) + _words(width, places, numbers, polar)
    right = 2 + width * len(places)
    label = figures.told(whole, wrong, look, name)
    picture = figures.svg(label, right, TOP + TALL + BOTTOM + 1, content)
    return Figure(picture, right, figure_cells.left_out(whole, drawn))


def polar_form(entry: Any, digits: int) -> str:
    """Return magnitude and phase: `2 ∠ 90°`. Zero and non-finite entries have no phase."""
    size = figure_cells.magnitude(entry)
    if not size or not math.isfinite(size):
        return "0" if not size else "not finite"
    value = complex(*entry) if isinstance(entry, list) else complex(entry)
    return f"{number(size, digits)} ∠ {number(math.degrees(cmath.phase(value)) + 0.0, max(digits - 1, 1))}°"


def _height(entry: Any, largest: float) -> int:
    size = figure_cells.magnitude(entry)
    return round(TALL * size / largest) if largest and math.isfinite(size) else 0


def _words(width: int, places: Sequence[int], numbers: Sequence[str], polar: Sequence[str]) -> Markup:
    middles = [1 + (column + 0.5) * width for column in range(len(places))]
    groups = {
        "c": [figures.text(x, 16, words) for x, words in zip(middles, numbers, strict=True)],
        "i": [figures.row(middles, TOP + TALL + 34, list(map(str, places)))],
        "t": [figures.text(x, TOP + TALL + 18, words) for x, words in zip(middles, polar, strict=True)],
    }
    return Markup().join(figures.group(kind, content) for kind, content in groups.items())
