"""Draws the kernel's footprint: the input behind a worked cell, with each entry of its sum framed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.report_model import Counterexample, Factor, Term, Window
from grader.reports import figure_cells, figures
from grader.reports.figure_cells import Grid
from grader.reports.figures import Figure, Look
from grader.text_table import DIGITS, number

TIMES = "\N{MULTIPLICATION SIGN}"
DOT = "·"


@dataclass(frozen=True)
class Footprint:
    """An input's name and picture."""

    name: str
    figure: Figure


def footprint(found: Counterexample, side: int) -> Footprint | None:
    """Return the footprint on the largest input in the sum: the signal or image under the kernel."""
    window = found.window
    if window is None:
        return None
    names = dict.fromkeys(factor.name for term in window.terms for factor in term.factors)
    grids = {
        name: whole for name in names if (whole := figure_cells.grid(_value(found.inputs, name))) is not None
    }
    name = max(grids, key=lambda one: len(grids[one].entries), default="")
    if not name or len(grids[name].entries) < 2:
        return None
    notes = _notes(window, name, grids[name])
    return Footprint(name, figures.footprint(grids[name], notes, Look(0.0, DIGITS[0], side), name=name))


def _notes(window: Window, name: str, whole: Grid) -> dict[int, str]:
    """Return the factor for each index that contributes to the sum."""
    notes: dict[int, list[str]] = {}
    for term in window.terms:
        for factor in term.factors:
            place = _place(whole, factor)
            if factor.name == name and place is not None:
                rest = _rest(term, factor)
                notes.setdefault(place, []).append(f"{TIMES} {rest}" if rest else "")
    return {place: ", ".join(filter(None, texts)) for place, texts in notes.items()}


def _rest(term: Term, factor: Factor) -> str:
    """Return the product without one of its factors."""
    times = [] if term.times == 1 else [term.times]
    rest = [*times, *(one.value for one in term.factors if one is not factor)]
    return DOT.join(f"({number(one)})" if one < 0 else number(one) for one in rest)


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
    """Return an input by its name, or a field of an input by `name.field`."""
    if name in inputs:
        return inputs[name]
    head, _, field = name.partition(".")
    value = inputs.get(head)
    return value.get(field) if isinstance(value, dict) else None
