"""What a gradebook is made of: submissions by the name of their folder, exercises as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from grader.errors import UsageError
from grader.report_model import ExerciseResult, Report

SUFFIXES = {".py", ".ipynb"}


def identity(report: Report) -> str:
    """Return whose submission it was: as the report says, else by the folder that was judged."""
    if report.submission.learner:
        return report.submission.learner
    place = PurePosixPath(report.submission.name.replace("\\", "/"))
    name = (place.parent if place.suffix in SUFFIXES else place).name
    if name in {"", ".."}:
        raise UsageError(
            "nameless-submission",
            found=f"a report on `{report.submission.name}`, which says nothing of whose it is",
            where="submission.name in the report",
            expected="a folder that is named as the gradebook names its learner",
            remedy="grade it by its folder's name: `grade run submissions/ada --json ada.json`",
        )
    return name


def by_learner(reports: Iterable[Report]) -> dict[str, Report]:
    """Return the reports by whose they are, in the order of the names."""
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
    """Return the exercises in their order, and how many points each is worth."""
    worth: dict[str, float] = {}
    # Who answered most has the exercises in the order of the course.
    for report in sorted(reports, key=lambda one: -len(one.exercises)):
        for one in report.exercises:
            if worth.setdefault(one.id, one.max_score) != one.max_score:
                raise UsageError(
                    "unlike-reports",
                    found=f"`{one.id}` is out of {one.max_score:g} points here, {worth[one.id]:g} elsewhere",
                    where=report.submission.name,
                    expected="reports by one course, on the same devices",
                    remedy="grade them all again in one place",
                )
    return worth


def answers(report: Report) -> Mapping[str, ExerciseResult]:
    """Return what was handed in, by exercise."""
    return {one.id: one for one in report.exercises}


def number(points: float) -> str:
    """Return points as a gradebook takes them."""
    return f"{round(points, 4):.10g}"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
