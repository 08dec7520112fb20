"""Points that a person gives instead of the grader: `overrides.csv`. The grader only reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cohort.csv_table import read_table
from grader.errors import UsageError, suggestion
from grader.report_model import Learner
from grader.reports.marks import Override

COLUMNS = ("learner", "exercise", "points", "comment")
EXPECTED = ", ".join(COLUMNS)
NEEDED = COLUMNS[:3]
MOST_NAMED = 3
# With a decimal comma, too: Excel writes it in many countries.
_POINTS = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")


@dataclass(frozen=True)
class KnownNames:
    """The learners of a cohort, by all names that a person may write."""

    names: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, people: Iterable[tuple[str, Learner]]) -> KnownNames:
        """Return the known names. Each person has a key, and several names."""
        names: dict[str, set[str]] = {}
        for key, one in people:
            for name in {key, one.id, one.login, one.email, one.name} - {""}:
                names.setdefault(name.casefold(), set()).add(key)
        return cls({name: frozenset(keys) for name, keys in names.items()})


def read_overrides(path: Path, known: KnownNames, exercises: Sequence[str]) -> dict[str, list[Override]]:
    """Return the changes by hand, by the key of the learner. All mistakes in the file are one error."""
    table = read_table(path, "--overrides", EXPECTED)
    columns = [name.casefold() for name in table.columns]
    if missing := [name for name in NEEDED if name not in columns]:
        raise _wrong(path, [f"no column `{missing[0]}`"])
    found: dict[str, list[Override]] = {}
    mistakes: list[str] = []
    for line, cells in table.rows:
        row = {name.casefold(): cell for name, cell in cells.items()}
        keys = known.names.get(row.get("learner", "").casefold(), frozenset())
        if mistake := _mistake(row, keys, known, exercises):
            mistakes.append(f"line {line}: {mistake}")
            continue
        (key,) = keys
        change = Override(
            learner=row["learner"],
            exercise=row["exercise"],
            points=float(row["points"].replace(",", ".")),
            comment=row.get("comment", ""),
        )
        if any(one.exercise == change.exercise for one in found.get(key, [])):
            mistakes.append(f"line {line}: a second change of `{change.exercise}` for `{change.learner}`")
        found.setdefault(key, []).append(change)
    if mistakes:
        raise _wrong(path, mistakes)
    return found


def _mistake(
    row: Mapping[str, str], keys: frozenset[str], known: KnownNames, exercises: Sequence[str]
) -> str:
    learner, exercise, points = (row.get(name, "") for name in NEEDED)
    if not keys:
        near = suggestion(learner.casefold(), known.names, "")
        return f"`{learner}` is no learner of this cohort" + (f"; {near}" if near else "")
    if len(keys) > 1:
        return f"`{learner}` can be several learners: {', '.join(sorted(keys))}"
    if exercise not in exercises:
        near = suggestion(exercise, exercises, "")
        return f"`{exercise}` is no exercise" + (f"; {near}" if near else "")
    return "" if _POINTS.fullmatch(points) else f"`{points}` is not a number of points"


def _wrong(path: Path, mistakes: list[str]) -> UsageError:
    more = len(mistakes) - MOST_NAMED
    return UsageError(
        "overrides",
        found="\n".join(mistakes[:MOST_NAMED]) + (f"\nand {more} more" if more > 0 else ""),
        where=str(path),
        expected=f"the columns {EXPECTED}; learners and exercises of this cohort; points from 0",
        remedy="correct these lines. Nothing was graded",
    )
