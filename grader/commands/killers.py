"""Which property caught each mutant last time: tried first, it usually ends that mutant's job at once.

`grade check --mutants` keeps this in `reference/<exercise>/killers.json`. It decides the order, never an
outcome: a mutant that the property no longer catches is tried on all the others.
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
    """The property that caught each mutant, by the mutant's name (format 1)."""

    format: Literal[1]
    killers: dict[str, str]


def recall(exercise: Exercise) -> dict[str, str]:
    """Return the killers of an exercise's mutants; none where the file is missing or unreadable."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((exercise.reference / KILLERS).read_bytes(), type=Killers).killers
    return {}


def keep(exercise: Exercise, killers: Mapping[str, str]) -> None:
    """Write the killers of an exercise's mutants where they differ from those that are kept.

    In a folder that can't be written they aren't kept: the next check takes longer, and no more.
    """
    if killers != recall(exercise):
        with contextlib.suppress(GraderError):
            ordered = dict(sorted(killers.items()))
            report_json.write(
                report_json.to_json(Killers(format=1, killers=ordered)), exercise.reference / KILLERS
            )
