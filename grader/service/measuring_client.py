"""Has a runner time the functions of exercises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from grader.course import Course
from grader.protocol import (
    MeasureJob,
    RunnerCompared,
    RunnerFailed,
    RunnerMeasured,
    RunnerMeasurement,
    RunnerOpened,
    RunnerStopped,
)
from grader.sandbox.zygote_client import ZygoteClient
from grader.service.runner_connection import RunOptions, forked_runner, raised, receive, request_for


def measured(
    course: Course, jobs: Sequence[MeasureJob], options: RunOptions
) -> Iterator[RunnerOpened | RunnerMeasurement]:
    """Yield the machine, then for each job the sizes that were timed. The last message of a job compares."""
    request = request_for(course, options, course.settings.seed)
    request = msgspec.structs.replace(request, measure=tuple(jobs), cases="")
    left = len(jobs)
    with ZygoteClient.start(withheld=options.withheld) as server, forked_runner(server, request) as runner:
        while left:
            message = receive(runner)
            if isinstance(message, RunnerFailed):
                raise raised(message)
            if isinstance(message, RunnerOpened | RunnerMeasured | RunnerStopped | RunnerCompared):
                yield message
            left -= isinstance(message, RunnerCompared)
