"""`grade cohort --measure`: how long a call of each correct answer takes, beside the reference.

It never changes a score.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.cohort.folder_scan import CohortEntry
from grader.course import Course
from grader.errors import GraderError
from grader.measure_model import REFERENCE, YOURS, MeasuredPoint
from grader.measure_settings import MeasureSettings
from grader.protocol import MeasureJob, RunnerCompared, RunnerMeasured
from grader.report_model import Report
from grader.reports.statistics import AnswerTime
from grader.service.measuring_client import measured
from grader.service.runner_connection import RunOptions

# One answer at one size takes less. It limits an answer that is very slow.
SECONDS = 5.0


@dataclass(frozen=True)
class Timed:
    """An answer to time: whose it is, and the job."""

    name: str
    job: MeasureJob


def times(
    course: Course,
    entries: Sequence[CohortEntry],
    report: Callable[[CohortEntry], Report | None],
    options: RunOptions,
) -> Iterator[tuple[str, AnswerTime]]:
    """Yield the name and the time of each correct answer to an exercise with `[measure]`.

    The answers are timed one after another, because parallel ones would disturb each other. An answer whose
    result is wrong at this size is left out.
    """
    todo = [one for entry in entries for one in _jobs(course, entry, report(entry))]
    found: dict[str, MeasuredPoint] = {}
    waiting = iter(todo)
    one = next(waiting, None)
    for message in measured(course, [each.job for each in todo], options) if todo else ():
        if isinstance(message, RunnerMeasured):
            found[message.contender] = message.point
        elif isinstance(message, RunnerCompared):
            if one is not None and message.agrees and YOURS in found:
                yield one.name, _time(one.job, found)
            found, one = {}, next(waiting, None)


def _jobs(course: Course, entry: CohortEntry, report: Report | None) -> Iterator[Timed]:
    right = {one.id for one in report.exercises if one.status == "met"} if report else set()
    if not right:
        return
    try:
        text = entry.read(course, ())
    except GraderError:
        return
    for file in text.files:
        exercise = course.exercises.get(file.exercise)
        settings = exercise.settings.measure if exercise else None
        if settings is not None and file.exercise in right:
            job = MeasureJob(
                exercise=file.exercise,
                source=file.source,
                seconds=SECONDS,
                only_size=usual_size(settings),
            )
            yield Timed(entry.name, job)


def usual_size(settings: MeasureSettings) -> int:
    """Return the size in the middle, on a logarithmic scale, where slow answers finish, too."""
    smallest, largest = settings.sizes
    return int(smallest * 2 ** (int(math.log2(largest / smallest)) // 2))


def _time(job: MeasureJob, found: dict[str, MeasuredPoint]) -> AnswerTime:
    own, reference = found[YOURS], found.get(REFERENCE)
    return AnswerTime(
        exercise=job.exercise,
        size=own.size,
        seconds=own.seconds,
        spread=own.spread,
        reference=reference.seconds if reference else None,
    )
