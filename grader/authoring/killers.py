"""Stores which test caught each mutant. That test runs first next time, so most jobs end early.

`grade check --mutants` stores this in `reference/<exercise>/killers.json`. It changes only the order of
the tests, never the outcome: if that test no longer catches the mutant, all other tests run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from grader.errors import GraderError
from grader.exercises import KILLERS, Exercise
from grader.report_model import Record
from grader.reports import report_json


class Killers(Record, frozen=True):
    """For each mutant, by name, the test that caught it (format 1)."""

    format: Literal[1]
    killers: dict[str, str]


def recall(exercise: Exercise) -> dict[str, str]:
    """Return which test caught each of an exercise's mutants, or none if the file can't be read."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((exercise.reference / KILLERS).read_bytes(), type=Killers).killers
    return {}


def keep(exercise: Exercise, killers: Mapping[str, str]) -> None:
    """Store which test caught each mutant of an exercise, if anything changed.

    If the folder isn't writable, nothing is stored, and the next check just takes longer.
    """
    if killers != recall(exercise):
        with contextlib.suppress(GraderError):
            ordered = dict(sorted(killers.items()))
            report_json.write(
                report_json.to_json(Killers(format=1, killers=ordered)), exercise.reference / KILLERS
            )
