"""Moodle: the grading worksheet of an assignment, filled in.

Moodle finds a learner by the number at the end of `Identifier`, and needs the columns `Identifier`, `Grade`
and `Last modified (grade)`. The titles are those of an English Moodle.
https://github.com/moodle/moodle/blob/main/public/mod/assign/feedback/offline/importgradeslib.php
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.reports.exports import gradebooks, moodle
from grader.reports.exports.gradebooks import GradeColumns, Graded
from grader.reports.exports.texts import cell

TITLES = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
]
# Moodle removes as many signs as this word has, whatever they are.
PARTICIPANT = "Participant "


def worksheet(rows: Sequence[Graded], column: str | None = None) -> str:
    """Return the worksheet. Learners without a number in Moodle are left out if they have no grade."""
    grades = gradebooks.grade_columns(rows, column or gradebooks.TOTAL)
    numberless = [row for row in rows if not row.learner.platform and row.total is not None]
    if numberless:
        raise gradebooks.nobody(
            numberless,
            "participant number",
            "grade Moodle's own download, or give its grading worksheet as the roster (`--roster`)",
        )
    return gradebooks.table(_rows([row for row in rows if row.learner.platform], grades))


def _rows(rows: Sequence[Graded], grades: GradeColumns) -> Iterator[list[str]]:
    yield TITLES
    for row in rows:
        one, late = row.learner, row.marks.lateness if row.marks else None
        for grade, most in zip(grades.cells(row), grades.worth.values(), strict=True):
            yield [
                f"{PARTICIPANT}{cell(one.platform)}",
                cell(one.name),
                cell(one.email),
                _status(row),
                grade,
                gradebooks.number(most),
                "Yes",
                (late.handed_in or "") if late else "",
                # Without a time, Moodle keeps each grade that it has, unless the teacher says otherwise.
                "",
                moodle.overall(row, most),
            ]


def _status(row: Graded) -> str:
    absent = row.report is None and row.trouble == gradebooks.ABSENT
    return "No submission" if absent else "Submitted for grading"
