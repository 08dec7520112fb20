"""Stores which test caught each mutant. This test runs first next time, so most jobs end early.

`grade check --mutants` stores this in `reference/<exercise>/killers.json`. It changes only the order of
the tests, never the outcome: if this test no longer catches the mutant, all other tests run.
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
    """Return the killers of an exercise's mutants, or none if the file is missing or unreadable."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((exercise.reference / KILLERS).read_bytes(), type=Killers).killers
    return {}


def keep(exercise: Exercise, killers: Mapping[str, str]) -> None:
    """Write the killers of an exercise's mutants if they changed.

    If the folder isn't writable, they are not stored: the next check only takes longer.
    """
    if killers != recall(exercise):
        with contextlib.suppress(GraderError):
            ordered = dict(sorted(killers.items()))
            report_json.write(
                report_json.to_json(Killers(format=1, killers=ordered)), exercise.reference / KILLERS
            )
