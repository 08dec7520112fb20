"""What a submission is worth in an assignment: weights, the late rule, changes by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from msgspec import structs

from grader.cohort.folder_scan import CohortEntry
from grader.course import Course
from grader.course_settings import Assignment, LateRule
from grader.errors import UsageError, suggestion
from grader.report_model import Report
from grader.reports.marks import Lateness, Marks, Override

DAY = timedelta(days=1)
# Points are shown with at most four decimals.
DIGITS = 6


@dataclass(frozen=True)
class MarkingOptions:
    """The options of the command that change an assignment's settings. None: as in the settings."""

    assignment: str | None = None
    due: str | None = None
    late_per_day: float | None = None
    late_grace: float | None = None
    late_cap: float | None = None
    attempts: Literal["last", "best"] | None = None
    weights: Mapping[str, float] = field(default_factory=dict)


def chosen(course: Course, options: MarkingOptions) -> Assignment | None:
    """Return the assignment that the options mean, or None if they mean none."""
    if options == MarkingOptions():
        return None
    found = _named(course, options.assignment)
    changes = {
        "per_day": options.late_per_day,
        "grace_minutes": options.late_grace,
        "cap": options.late_cap,
    }
    late = structs.replace(found.late, **{key: value for key, value in changes.items() if value is not None})
    return structs.replace(
        found,
        due=_time(options.due) if options.due else found.due,
        late=late,
        attempts=options.attempts or found.attempts,
        weights={**found.weights, **_weights(course, options.weights)},
    )


def parse_weights(texts: Sequence[str]) -> dict[str, float]:
    """Return the weights in `EXERCISE=POINTS`."""
    found: dict[str, float] = {}
    for text in texts:
        name, _, points = text.partition("=")
        try:
            found[name] = float(points)
        except ValueError:
            found[name] = math.nan
        if not (math.isfinite(found[name]) and found[name] >= 0):
            raise UsageError(
                "weight",
                found=f"`{text}`",
                where="--weight",
                expected="an exercise and its points, such as toeplitz_1d=10",
                remedy="write the points after the equals sign",
            )
    return found


def _named(course: Course, name: str | None) -> Assignment:
    if name is None:
        return Assignment(exercises=tuple(course.settings.required))
    known = course.settings.assignments
    if name not in known:
        raise UsageError(
            "no-assignment",
            found=f"no assignment `{name}`",
            where="--assignment",
            expected=", ".join(known)
            or "a table [tool.grader.assignment.NAME] in the course's pyproject.toml",
            remedy=suggestion(name, known, "add this table, or omit --assignment"),
        )
    found = known[name]
    return structs.replace(found, title=found.title or name)


def _weights(course: Course, weights: Mapping[str, float]) -> Mapping[str, float]:
    return {course.exercise(name, where="--weight").id: points for name, points in weights.items()}


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UsageError(
            "due-date",
            found=f"`{text}`",
            where="--due",
            expected="a date and time with its difference from UTC, such as 2026-12-01T23:59+01:00",
            remedy="add the difference from UTC: submissions may come from several time zones",
        )
    return found


def lateness(rules: Assignment, arrived: datetime | None, *, late: bool) -> Lateness | None:
    """Return how late a submission is, or None if it isn't late or there is no due date.

    If only the platform says that it is late, nothing is deducted: nobody knows by how much.
    """
    if arrived is None or rules.due is None:
        return Lateness(late=True) if late else None
    over = arrived - rules.due - timedelta(minutes=rules.late.grace_minutes)
    shown = arrived.isoformat(timespec="seconds")
    if over <= timedelta():
        return None
    days = math.ceil(over / DAY)
    return Lateness(late=True, handed_in=shown, days=days, share=_share(rules.late, days))


def _share(rule: LateRule, days: int) -> float:
    return min(rule.per_day * days, rule.cap)


def marks(
    report: Report | None,
    worth: Mapping[str, float],
    late: Lateness | None,
    changes: Sequence[Override],
) -> Marks:
    """Return the marks of a submission. `worth` contains the points of each exercise that counts."""
    results = {} if report is None else {one.id: one for one in report.exercises}
    points: dict[str, float] = {}
    open_ones = report is None
    for name, most in worth.items():
        result = results.get(name)
        if result is not None and result.handed_in and result.status == "not judged":
            open_ones = True
        elif result is not None:
            points[name] = round(most * result.score / result.max_score, DIGITS) if result.max_score else 0.0
        elif report is not None:
            points[name] = 0.0
    noted = tuple(structs.replace(one, before=points.get(one.exercise)) for one in changes)
    points |= {one.exercise: one.points for one in changes}
    earned = round(sum(points[name] for name in worth if name in points), DIGITS)
    kept = 1 - (late.share if late else 0.0)
    return Marks(
        exercises={name: points[name] for name in worth if name in points},
        earned=earned,
        total=round(earned * kept, DIGITS),
        out_of=round(sum(worth.values()), DIGITS),
        judged=not open_ones or set(worth) <= points.keys(),
        lateness=late,
        overrides=noted,
    )


@dataclass(frozen=True)
class Marking:
    """The rules of an assignment, and the changes by hand for each submission."""

    rules: Assignment
    changes: Mapping[str, Sequence[Override]]

    def of(self, entry: CohortEntry, report: Report | None, own: Mapping[str, float]) -> Marks:
        """Return the marks of a submission. `own` contains the exercises' own points."""
        late = lateness(self.rules, entry.arrived, late=entry.late)
        return marks(report, worths(self.rules, own), late, self.changes.get(entry.key, ()))


def worths(rules: Assignment, own: Mapping[str, float]) -> dict[str, float]:
    """Return the points of each exercise that counts: its weight, or its own points."""
    names = rules.exercises or tuple(own)
    return {name: rules.weights.get(name, own.get(name, 0.0)) for name in names}
