"""Grades the files of one submission, or finds out what this machine can do."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from grader.course import Course
from grader.errors import UsageError
from grader.protocol import (
    ExerciseJob,
    ReplayedCase,
    RunnerFailed,
    RunnerFinished,
    RunnerMessage,
    RunnerOpened,
    RunnerRequest,
)
from grader.sandbox.zygote_client import ZygoteClient
from grader.service.runner_connection import (
    PASSING,
    RunOptions,
    forked_runner,
    opening,
    raised,
    receive,
    request_for,
)
from grader.submission.discovery import SubmissionText, SubmittedFile

JOBS_WORTH_A_HAND = 3
LARGEST_SEED = 2**32
RANDOM = "random"


def job_of(file: SubmittedFile) -> ExerciseJob:
    """Return the runner's job for one file."""
    return ExerciseJob(
        exercise=file.exercise,
        source=file.source,
        trouble=file.trouble,
        handed_in=file.handed_in,
    )


def choose_seed(asked: str | None, course: Course) -> int:
    """Return the seed: the course's, the requested one, or a new random one."""
    if asked is None:
        return course.settings.seed
    if asked == RANDOM:
        return secrets.randbelow(LARGEST_SEED)
    if asked.isdecimal() and int(asked) < LARGEST_SEED:
        return int(asked)
    raise UsageError(
        "seed",
        found=f"`{asked}`",
        where="--seed",
        expected=f"a whole number below {LARGEST_SEED}, or `random`",
        remedy="omit it to use the course's own seed",
    )


def judge(
    course: Course,
    text: SubmissionText,
    options: RunOptions,
    seed: int,
    *,
    replay: ReplayedCase | None = None,
    tried_first: Mapping[str, list[ReplayedCase]] | None = None,
) -> Iterator[RunnerOpened | RunnerFinished]:
    """Yield the runners' results, file by file. Raise the error of a file that can't be graded."""
    first = tried_first or {}
    jobs = [
        msgspec.structs.replace(job_of(file), replay=replay, remembered=first.get(file.exercise, []))
        for file in text.files
    ]
    for message in _judged(course, jobs, options, seed):
        if isinstance(message, RunnerFailed):
            raise raised(message)
        if isinstance(message, RunnerOpened | RunnerFinished):
            yield message


def examine() -> RunnerOpened:
    """Return the runner's description of this machine, without grading anything."""
    request = RunnerRequest(
        course="", seed=0, device="auto", isolation="process", withheld=[], seconds=1.0, jobs=[]
    )
    with ZygoteClient.start() as server, forked_runner(server, request) as runner:
        return opening(runner)


def _judged(
    course: Course, jobs: Sequence[ExerciseJob], options: RunOptions, seed: int
) -> Iterator[RunnerMessage]:
    """Yield the first message of one runner, then a message for each job, in order.

    Each job starts with all of the submission's seconds. If it used more than the earlier jobs left, it
    is graded again with the remaining seconds. So the number of runners doesn't change the verdict.

    torch is imported once, in the zygote. The runners are forked from it, at most one per
    processor. Each runner imports pytest and the course, so few jobs get few runners.
    """
    hands = max(1, min(os.cpu_count() or 1, len(jobs) // JOBS_WORTH_A_HAND))
    with ZygoteClient.start(withheld=options.withheld) as server, contextlib.ExitStack() as stack:
        requests = (request_for(course, options, seed, jobs[hand::hands]) for hand in range(hands))
        runners = [stack.enter_context(forked_runner(server, request)) for request in requests]
        first, *_ = [receive(runner) for runner in runners]
        yield first
        if isinstance(first, RunnerFailed):
            return
        seconds = left = course.settings.submission_seconds
        for place, job in enumerate(jobs):
            message = receive(runners[place % hands])
            lost = isinstance(message, RunnerFailed) and message.slug in PASSING
            if lost or (isinstance(message, RunnerFinished) and left < min(message.spent, seconds)):
                request = request_for(course, options, seed, [msgspec.structs.replace(job, seconds=left)])
                with forked_runner(server, request) as runner:
                    opening(runner)
                    message = receive(runner)
            left = max(left - (message.spent if isinstance(message, RunnerFinished) else 0.0), 0.0)
            yield message
