"""Draw the matrices of a statement's worked example, in the style of the report.

A matrix is recognised by its layout: rows of numbers in brackets, one below another. If a row doesn't
parse, because of an ellipsis or a letter, the whole block stays text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grader.reports import figure_cells, figures
from grader.reports.figure_cells import Grid
from grader.reports.figures import Figure, Look
from grader.text_table import DIGITS

SIDE = 25
SIGNS = ("@", "*", "=")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
# A name starts a line, or has three blanks before it: `T^T * y = [` has no name.
_NAMED = re.compile(r"(?:^|\s{3})\s*(\w+)\s*=\s*$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_VECTOR = re.compile(r"(?:(\w+) = )?\[(-?\d+(?:, -?\d+)+)\]")


@dataclass(frozen=True)
class Drawing:
    """A matrix, its name, and the symbol between it and the next one."""

    name: str
    figure: Figure
    sign: str = ""


@dataclass(eq=False)
class _Run:
    """Rows in brackets that start in the same column on consecutive lines."""

    column: int
    rows: list[list[float] | None] = field(default_factory=list)
    name: str = ""
    sign: str = ""

    @property
    def readable(self) -> bool:
        return all(self.rows) and len({len(row) for row in self.rows if row}) == 1


def matrices(block: str) -> list[Drawing]:
    """Return the matrices of a block of text, from left to right and from top to bottom."""
    lines = block.rstrip("\n").split("\n")
    bare = [_numbers(line) for line in lines]
    if len(lines) > 1 and all(bare) and len({len(row) for row in bare if row}) == 1:
        return _drawn([_Run(0, bare)])
    runs = [one for one in _runs(lines) if len(one.rows) > 1 or (one.name and one.readable)]
    return _drawn(runs) if all(one.readable for one in runs) else []


def vectors(codes: Sequence[str]) -> list[Drawing]:
    """Return the vectors among a paragraph's code spans: `x = [1, 2, 3]`, or without a name."""
    found = [match for one in codes if (match := _VECTOR.fullmatch(one))]
    rows = [[float(part) for part in one[2].split(",")] for one in found]
    return _drawn([_Run(0, [row], one[1] or "") for one, row in zip(found, rows, strict=True)])


def _runs(lines: Sequence[str]) -> list[_Run]:
    """Return the columns of brackets. Columns that are side by side are ordered from left to right."""
    done: list[_Run] = []
    beside: list[_Run] = []
    going: list[_Run] = []
    for line in [*lines, ""]:
        going = _continued(line, going)
        beside += [run for run in going if run not in beside]
        if not going:
            done += sorted(beside, key=lambda run: run.column)
            beside = []
    return done


def _continued(line: str, going: Sequence[_Run]) -> list[_Run]:
    """Add the brackets of one line: each continues the run above it, or starts a new one."""
    found = list(_BRACKETED.finditer(line))
    here = [
        next((one for one in going if one.column == match.start()), _Run(match.start())) for match in found
    ]
    for run, match in zip(here, found, strict=True):
        run.rows.append(_numbers(match[1]))
        named = _NAMED.search(line[: match.start()])
        run.name = run.name or (named[1] if named else "")
    for run, (left, right) in zip(here, pairwise(found), strict=False):
        between = line[left.end() : right.start()].strip()
        run.sign = between if between in SIGNS else run.sign
    return here


def _numbers(text: str) -> list[float] | None:
    """Return the numbers of a row. Bars between them are ignored."""
    parts = text.replace("|", " ").split()
    return [float(part) for part in parts] if parts and all(map(_NUMBER.fullmatch, parts)) else None


def _drawn(runs: Sequence[_Run]) -> list[Drawing]:
    """Return drawings with one common colour scale."""
    grids = [_grid([row for row in run.rows if row]) for run in runs]
    look = Look(figure_cells.scale(grids), DIGITS[0], SIDE)
    return [
        Drawing(run.name, figures.heat_map(grid, [], look, name=run.name or "Matrix", mark=""), run.sign)
        for run, grid in zip(runs, grids, strict=True)
    ]


def _grid(rows: Sequence[list[float]]) -> Grid:
    shape = (len(rows), len(rows[0])) if len(rows) > 1 else (len(rows[0]),)
    entries = [entry for row in rows for entry in row]
    whole = all(math.floor(entry) == entry for entry in entries)
    return Grid("int64" if whole else "float64", shape, entries)
