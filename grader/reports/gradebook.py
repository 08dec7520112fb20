"""A cohort's points as CSV: a row per submission, a column per exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report_model import Learner
from grader.reports.exports.gradebooks import number, table
from grader.reports.exports.texts import cell
from grader.reports.marks import Marks, Override
from grader.reports.statistics import Row, Summary
from grader.reports.wording import points

LEARNER = ("id", "name", "email", "login", "section")
MARKS = ("before late rule", "days late", "deducted", "changed by hand")


def gradebook(summary: Summary) -> str:
    """Return the gradebook. An unanswered exercise is an empty cell and counts as 0 points.

    The columns about the learner and about marks are left out if they would be empty.
    """
    return table(_rows(summary))


def _rows(summary: Summary) -> Iterator[Sequence[str]]:
    rows = summary.submissions
    names = [one.id for one in summary.exercises]
    known = any(row.learner is not None and row.learner != Learner(id=row.learner.id) for row in rows)
    marked = any(row.marks is not None for row in rows)
    before, between = (LEARNER if known else ()), (MARKS if marked else ())
    yield ["submission", *before, *names, *between, "total", "out of", "status", "trouble"]
    for row in rows:
        yield [
            cell(row.name),
            *(_learner(row.learner) if known else ()),
            *_exercises(row, names),
            *(_marks(row.marks) if marked else ()),
            *_total(row, summary.max_score),
            row.status,
            cell(_trouble(row)),
        ]


def _learner(learner: Learner | None) -> list[str]:
    return [cell(getattr(learner, name)) if learner else "" for name in LEARNER]


def _exercises(row: Row, names: Sequence[str]) -> list[str]:
    tested = {name: score for name, score in row.exercises.items() if name not in row.untested}
    found = tested if row.marks is None else row.marks.exercises
    return [number(found[name]) if name in found else "" for name in names]


def _marks(marks: Marks | None) -> list[str]:
    if marks is None:
        return [""] * len(MARKS)
    late = marks.lateness
    changed = cell("; ".join(map(_changed, marks.overrides)))
    if late is None or not late.late:
        return [number(marks.earned), "", "", changed]
    # The platform can say that a submission is late, but not by how much.
    days = str(late.days) if late.days else "late"
    return [number(marks.earned), days, number(marks.earned - marks.total), changed]


def _changed(change: Override) -> str:
    before = "" if change.before is None else f" instead of {points(change.before)}"
    return f"{change.exercise}: {points(change.points)}{before}" + (
        f" ({change.comment})" if change.comment else ""
    )


def _total(row: Row, most: float) -> list[str]:
    """Return the points in the end and their maximum. The points are empty if something wasn't tested."""
    if row.marks is None:
        return [number(row.score) if row.report and not row.untested else "", number(most)]
    return [number(row.marks.total) if row.marks.judged else "", number(row.marks.out_of)]


def _trouble(row: Row) -> str:
    """Return why a submission or some of its exercises weren't tested."""
    if row.trouble is not None:
        return f"{row.trouble.found} ({row.trouble.where})"
    return "; ".join(f"{name}: {reason}" for name, reason in row.untested.items())
