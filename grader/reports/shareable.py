"""A report without what a learner must not see: the hidden tests."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from grader.report_model import ExerciseResult, Property, Report
from grader.reports import folded_devices
from grader.reports.exports import listed_tests
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.plain_text import why


def shareable(report: Report) -> Report:
    """Return a report in which one entry without details stands for all hidden tests of an exercise."""
    return structs.replace(report, exercises=[_told(one) for one in report.exercises])


def _told(exercise: ExerciseResult) -> ExerciseResult:
    laws = folded_devices.folded(exercise.properties)
    secret = [one.id for one in laws if one.hidden]
    if not secret:
        return structs.replace(exercise, properties=laws)
    shown = [_without(one, secret) for one in laws if not one.hidden]
    together = [_together(one, laws) for one in listed_tests.shown(exercise) if one.hidden]
    # A function can print its arguments, and so the hidden tests' cases.
    return structs.replace(exercise, properties=[*shown, *together], stdout="")


def _without(law: Property, secret: Sequence[str]) -> Property:
    """Return a test whose reason names no hidden test."""
    return structs.replace(law, reason=law.reason and why(law, secret))


def _together(entry: Entry, laws: Sequence[Property]) -> Property:
    """Return the one entry for all hidden tests."""
    return Property(
        id=entry.name,
        says=entry.says,
        device=laws[0].device,
        verdict=entry.verdict,
        cause=entry.cause,
        reason=entry.reason or None,
        points=entry.points,
        max_points=entry.max_points,
        duration=entry.duration,
        hidden=True,
    )
