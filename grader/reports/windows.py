"""The worked cell: the sum that should stand in the first wrong cell, and the inputs that enter it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.records import Counterexample, Factor, Term, Window
from grader.reports import cells, figures
from grader.reports.cells import Grid
from grader.reports.figures import Figure, Look
from grader.tables import digits_for, number

MAX_TERMS = 12
TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True)
class Worked:
    """A cell's sum in names and in numbers, what came back instead, and the input with its footprint."""

    at: str
    names: str
    numbers: str
    came_back: str
    drawn: str = ""
    figure: Figure | None = None


def worked(found: Counterexample, side: int) -> Worked | None:
    """Return the worked cell of a counterexample that has one."""
    window = found.window
    if window is None:
        return None
    digits = digits_for([window.obtained], [window.expected], [True])
    came_back = "not finite" if window.obtained is None else number(window.obtained, digits)
    terms = window.terms
    names = _sum([_product(term, [_named(one) for one in term.factors]) for term in terms])
    numbers = _sum([_product(term, [_signed(one.value) for one in term.factors]) for term in terms])
    name, figure = _drawn(found, window, side)
    return Worked(
        str(window.at), names, f"{numbers} = {number(window.expected, digits)}", came_back, name, figure
    )


def _drawn(found: Counterexample, window: Window, side: int) -> tuple[str, Figure | None]:
    """Draw the largest input of the sum: it is the signal or the image that the kernel lies over."""
    names = dict.fromkeys(factor.name for term in window.terms for factor in term.factors)
    grids = {name: whole for name in names if (whole := cells.grid(_value(found.inputs, name))) is not None}
    name = max(grids, key=lambda one: len(grids[one].entries), default="")
    if not name or len(grids[name].entries) < 2:
        return "", None
    notes = _notes(window, name, grids[name])
    return name, figures.footprint(grids[name], notes, Look(0.0, 5, side), name=name)


def _notes(window: Window, name: str, whole: Grid) -> dict[int, str]:
    """Return for each place that enters the sum what it is multiplied by."""
    notes: dict[int, list[str]] = {}
    for term in window.terms:
        for factor in term.factors:
            place = _place(whole, factor)
            if factor.name == name and place is not None:
                others = [_signed(one.value) for one in term.factors if one is not factor]
                rest = _product(term, others) if others or term.times != 1 else ""
                notes.setdefault(place, []).append(f"{TIMES} {rest}" if rest else "")
    return {place: ", ".join(filter(None, texts)) for place, texts in notes.items()}


def _place(whole: Grid, factor: Factor) -> int | None:
    place = 0
    if len(factor.at) != len(whole.shape):
        return None
    for at, size in zip(factor.at, whole.shape, strict=True):
        if not 0 <= at < size:
            return None
        place = place * size + at
    return place


def _value(inputs: Mapping[str, Any], name: str) -> Any:
    """Return an input by its name, or a field of one by `name.field`."""
    if name in inputs:
        return inputs[name]
    head, _, field = name.partition(".")
    value = inputs.get(head)
    return value.get(field) if isinstance(value, dict) else None


def _named(factor: Factor) -> str:
    return f"{factor.name}{factor.at}" if factor.at else factor.name


def _product(term: Term, factors: list[str]) -> str:
    times = [] if term.times == 1 and factors else [_signed(term.times)]
    return "·".join([*times, *factors])


def _signed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _sum(products: list[str]) -> str:
    if not products:
        return "0"
    more = len(products) - MAX_TERMS
    return " + ".join(products[:MAX_TERMS] + ([f"... ({more} more)"] if more > 0 else []))
