"""The parts of a gradebook: submissions by folder name, exercises as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from grader.errors import UsageError
from grader.report_model import ExerciseResult, Report

SUFFIXES = {".py", ".ipynb"}


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


def by_learner(reports: Iterable[Report]) -> dict[str, Report]:
    """Return the reports by learner, sorted by name."""
    found: dict[str, Report] = {}
    for report in reports:
        name = identity(report)
        if name in found:
            raise UsageError(
                "two-reports",
                found=f"two reports on `{name}`",
                where=f"{found[name].submission.name} and {report.submission.name}",
                expected="one report for each learner",
                remedy="leave one of the two out",
            )
        found[name] = report
    return dict(sorted(found.items()))


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
