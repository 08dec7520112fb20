"""The parts of a gradebook: a row for each learner, and a column for each exercise or for the total."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.errors import UsageError
from grader.report_model import ExerciseResult, Learner, Report
from grader.reports.marks import Marks

SUFFIXES = {".py", ".ipynb"}
# The title of the column with the total, if no other is given.
TOTAL = "Total"
ABSENT = "not handed in"
MOST_NAMED = 3


@dataclass(frozen=True)
class Graded:
    """A learner's row: the report if there is one, the marks in an assignment, and why there is no report.

    `where` is the submission that the row is about.
    """

    learner: Learner
    where: str
    report: Report | None = None
    marks: Marks | None = None
    trouble: str = ABSENT

    @property
    def bare(self) -> bool:
        """Whether nothing but the folder's name is known of the learner."""
        return self.learner == Learner(id=self.learner.id)

    @property
    def school_id(self) -> str:
        """The learner's id at the school, or "" if the id is only what the platform or the name gave."""
        one = self.learner
        return "" if self.bare or one.id in {one.platform, one.login, one.email, one.name} else one.id

    @property
    def total(self) -> float | None:
        """The points in the end, or None if they aren't known."""
        if self.marks is not None:
            return self.marks.total if self.marks.judged else None
        if self.report is None or any(_is_open(one) for one in self.report.exercises):
            return None
        return self.report.score


@dataclass(frozen=True)
class GradeColumns:
    """The titles of a gradebook's columns, each with its maximum points. One column can hold the total."""

    worth: Mapping[str, float]
    is_total: bool

    def cells(self, row: Graded) -> list[str]:
        """Return a learner's points. A cell is empty if the points aren't known."""
        if self.is_total:
            return [_number(row.total)]
        done = {} if row.report is None else answers(row.report)
        known = {name: None if _is_open(one) else one.score for name, one in done.items()}
        return [_number(known.get(name)) for name in self.worth]


def _is_open(one: ExerciseResult) -> bool:
    """Return whether an answer couldn't be tested. Its points aren't 0, but unknown."""
    return one.handed_in and one.status == "not judged"


def _number(points: float | None) -> str:
    return "" if points is None else number(points)


def grade_columns(rows: Sequence[Graded], title: str | None) -> GradeColumns:
    """Return the columns: one with the total if there are marks or a title, else one for each exercise."""
    reports = [row.report for row in rows if row.report is not None]
    if title is None and not any(row.marks for row in rows):
        return GradeColumns(columns(reports), is_total=False)
    return GradeColumns({title or TOTAL: _out_of(rows, reports)}, is_total=True)


def _out_of(rows: Iterable[Graded], reports: Sequence[Report]) -> float:
    found = {row.marks.out_of: row.where for row in rows if row.marks is not None}
    if len(found) > 1:
        (one, where), (other, _) = sorted(found.items())[:2]
        raise UsageError(
            "unlike-reports",
            found=f"the assignment is out of {one:g} points here, {other:g} elsewhere",
            where=where,
            expected="one assignment with the same exercises for all learners",
            remedy="export each cohort separately",
        )
    return next(iter(found), sum(columns(reports).values()))


def of_reports(reports: Iterable[Report]) -> list[Graded]:
    """Return the rows for reports that don't belong to a cohort."""
    named = [(identity(report), report) for report in reports]
    return in_order(Graded(Learner(id=name), report.submission.name, report=report) for name, report in named)


def in_order(rows: Iterable[Graded]) -> list[Graded]:
    """Return the rows, sorted by name. Each learner must have one row."""
    found: dict[str, Graded] = {}
    for row in rows:
        before = found.setdefault(row.learner.id, row)
        if before is not row:
            raise UsageError(
                "two-reports",
                found=f"two reports on `{row.learner.shown}`",
                where=f"{before.where} and {row.where}",
                expected="one report for each learner",
                remedy="leave one of the two out",
            )
    return sorted(found.values(), key=lambda row: (row.learner.shown, row.learner.id))


def nobody(rows: Sequence[Graded], lacks: str, remedy: str) -> UsageError:
    """Return the error for rows that a platform couldn't give to a learner."""
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return UsageError(
        "nameless-submission",
        found=f"no {lacks} of {', '.join(row.learner.shown for row in rows[:MOST_NAMED])}{more}",
        where=rows[0].where,
        expected="what the platform finds each learner by",
        remedy=remedy,
    )


def identity(report: Report) -> str:
    """Return the learner's name: from the report, else from the submission's folder."""
    if report.submission.learner:
        return report.submission.learner
    place = PurePosixPath(report.submission.name.replace("\\", "/"))
    name = (place.parent if place.suffix in SUFFIXES else place).name
    if name in {"", ".."}:
        raise UsageError(
            "nameless-submission",
            found=f"a report on `{report.submission.name}`, which doesn't name a learner",
            where="submission.name in the report",
            expected="a folder with the learner's name from the gradebook",
            remedy="grade the folder by its name: `grade run submissions/ada --json ada.json`",
        )
    return name


def columns(reports: Iterable[Report]) -> dict[str, float]:
    """Return the exercises in order, with the points that each is worth."""
    worth: dict[str, float] = {}
    # The longest report gives the order of the course.
    for report in sorted(reports, key=lambda one: -len(one.exercises)):
        for one in report.exercises:
            if worth.setdefault(one.id, one.max_score) != one.max_score:
                raise UsageError(
                    "unlike-reports",
                    found=f"`{one.id}` is out of {one.max_score:g} points here, {worth[one.id]:g} elsewhere",
                    where=report.submission.name,
                    expected="reports of one course, on the same devices",
                    remedy="grade all submissions again on one machine",
                )
    return worth


def answers(report: Report) -> Mapping[str, ExerciseResult]:
    """Return the results of the exercises that were handed in, by name."""
    return {one.id: one for one in report.exercises}


def number(points: float) -> str:
    """Return points in a gradebook's format."""
    return f"{round(points, 4):.10g}"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
