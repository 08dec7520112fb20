"""A session's results: its properties with their points, and the error that kept a file from loading."""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec import structs

from grader.exercises import Exercise
from grader.report_model import Property, SourceError
from grader.runner import device_property
from grader.runner.expectation import Expectation
from grader.runner.grading_session import GradingSession
from grader.runner.workers import Workers
from grader.sandbox.wire import Raised
from grader.sandbox.worker_end import Died
from grader.sanitize import clean
from grader.source_text import Place, SourceText


def properties(grading_session: GradingSession, passed: Container[str]) -> list[Property]:
    """Return all expected properties. Only a test that really passed counts as met."""
    return [
        _settled(grading_session, nodeid, one, passed=nodeid in passed)
        for nodeid, one in grading_session.expected.items()
    ]


def device(grading_session: GradingSession, exercise: Exercise, found: Sequence[Property]) -> list[Property]:
    """Return a list with the property `device`. It is empty for a replay or without further devices."""
    if grading_session.trials.replay is not None:
        return []
    excused = {
        one.name
        for nodeid, one in grading_session.expected.items()
        if one.evidence and nodeid in grading_session.excused
    }
    concluded = device_property.concluded(
        found, grading_session.workers.course.worth_of_device(exercise), excused
    )
    return [] if concluded is None else [concluded]


def _settled(grading_session: GradingSession, nodeid: str, one: Expectation, *, passed: bool) -> Property:
    found = grading_session.found.get(nodeid)
    if found is None or (found.verdict == "met" and not passed):
        return Property(
            id=one.name,
            says=one.says,
            device=one.device,
            verdict="not judged",
            cause=None,
            reason="the run ended before this test",
            points=0.0,
            max_points=one.points,
            duration=0.0,
            hidden=one.hidden,
            evidence=one.evidence,
            claimed=one.claimed,
        )
    return structs.replace(found, duration=round(grading_session.duration(nodeid), 6))


def source_error(workers: Workers, exercise: Exercise, source: SourceText) -> SourceError | None:
    """Return the error of a file that doesn't load or of a notebook cell that failed, or None."""
    for exercise_run in workers.heard(exercise):
        unavailable = exercise_run.unavailable
        if unavailable is not None and unavailable.raised is not None:
            return _described(unavailable.raised, source, unavailable.raised.cell)
        if broken := exercise_run.broken_cell(*exercise.functions) or exercise_run.first_broken_cell:
            cell, fault = broken
            others = tuple(one for one in exercise_run.client.broken if one != cell)
            return structs.replace(_described(fault, source, cell), other_cells=others)
    return None


def _described(fault: Raised | Died, source: SourceText, cell: int | None) -> SourceError:
    if isinstance(fault, Died):
        return SourceError(type=fault.cause, message=clean(fault.reason), line=None, source=None, cell=cell)
    line = source.line_at(Place(fault.cell, fault.line)) if fault.line is not None else None
    return SourceError(
        type=clean(fault.type),
        message=clean(fault.message),
        line=None if line is None else fault.line,
        source=None if line is None else clean(line.strip()),
        cell=cell,
    )
