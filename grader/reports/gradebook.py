"""A cohort's points as CSV: a row per submission, a column per exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.reports.exports.gradebooks import number, table
from grader.reports.exports.texts import cell
from grader.reports.statistics import Row, Summary


def gradebook(summary: Summary) -> str:
    """Return the gradebook. An unanswered exercise is an empty cell and counts as 0 points."""
    return table(_rows(summary))


def _rows(summary: Summary) -> Iterator[Sequence[str]]:
    names = [one.id for one in summary.exercises]
    yield ["submission", *names, "total", "out of", "status", "trouble"]
    for row in summary.submissions:
        yield [
            cell(row.name),
            *(number(row.exercises[name]) if name in row.exercises else "" for name in names),
            number(row.score),
            number(summary.max_score),
            row.status,
            cell(_trouble(row)),
        ]


def _trouble(row: Row) -> str:
    return f"{row.trouble.found} ({row.trouble.where})" if row.trouble else ""
