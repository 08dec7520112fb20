"""The fastest correct answers of a cohort, if they were measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.reports import measure_units
from grader.reports.statistics import AnswerTime, Row, Summary

MOST_SHOWN = 5


@dataclass(frozen=True)
class FastAnswer:
    """A line of the table: whose answer, how long a call takes, and how that compares with the reference."""

    name: str
    time: str
    beside: str


@dataclass(frozen=True)
class FastestAnswers:
    """The fastest correct answers to one exercise, and how many were measured."""

    exercise: str
    title: str
    size: int
    count: int
    answers: list[FastAnswer]


def fastest(summary: Summary) -> list[FastestAnswers]:
    """Return a table for each exercise that was measured, in course order."""
    found = []
    for exercise in summary.exercises:
        timed = [
            (row, one) for row in summary.submissions for one in row.times if one.exercise == exercise.id
        ]
        timed.sort(key=lambda both: both[1].seconds)
        if timed:
            answers = [_answer(row, one) for row, one in timed[:MOST_SHOWN]]
            size = timed[0][1].size
            found.append(FastestAnswers(exercise.id, exercise.title, size, len(timed), answers))
    return found


def times_of(row: Row) -> Sequence[str]:
    """Return the times of one learner's answers, for the table of learners."""
    return [f"{one.exercise} {measure_units.time(one.seconds)}" for one in row.times]


def _answer(row: Row, one: AnswerTime) -> FastAnswer:
    name = row.learner.shown if row.learner else row.name
    return FastAnswer(name, measure_units.time(one.seconds), beside(one))


def beside(one: AnswerTime) -> str:
    """Return the comparison with the reference. Times that don't differ beyond their spread are equal."""
    if not one.reference:
        return ""
    ratio = one.seconds / one.reference
    if abs(ratio - 1) <= max(one.spread, 0.05):
        return "as fast as the reference"
    faster = ratio < 1
    factor = measure_units.digits(1 / ratio if faster else ratio, 2)
    return f"{factor} times {'faster' if faster else 'slower'} than the reference"
