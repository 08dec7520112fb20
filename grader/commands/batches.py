"""Many texts judged side by side, each in a fork of one warm near side that ends with what it left behind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future

import msgspec

from grader.commands.cohort import work
from grader.commands.cohort.pools import Local
from grader.commands.cohort.work import Bench, Finding, Judged, Order
from grader.commands.grade import RunOptions, raised
from grader.course import Course
from grader.errors import GraderError
from grader.records import ExerciseJob, ExerciseResult, NearFailed


def judge_all(
    course: Course,
    jobs: Sequence[ExerciseJob],
    options: RunOptions,
    *,
    seed: int,
    tell: Callable[[int], object] = lambda done: done,
) -> list[ExerciseResult | GraderError]:
    """Judge texts that have nothing to do with each other.

    The results come in the order of the jobs, an error in the place of what can't be judged;
    `tell` hears how many are done.
    """
    results = []
    with contextlib.closing(judge_each(course, jobs, options, seed=seed)) as found:
        for one in found:
            results.append(one)
            tell(len(results))
    return results


def judge_each(
    course: Course, jobs: Sequence[ExerciseJob], options: RunOptions, *, seed: int
) -> Generator[ExerciseResult | GraderError, None, None]:
    """Yield the same results, each as soon as those before it are there."""
    bench = Bench.of(course, options, seed)
    lanes = Local()
    try:
        opened = _found(lanes.executor.submit(work.survey, msgspec.msgpack.encode(bench)))
        if isinstance(opened, GraderError):
            raise opened
        waiting = [
            lanes.executor.submit(work.judge, msgspec.msgpack.encode(Order(bench=bench, jobs=[job])))
            for job in jobs
        ]
        for future in waiting:
            found = _found(future)
            yield found if isinstance(found, GraderError) else found[0]
    finally:
        lanes.close()


def _found(future: Future[bytes]) -> list[ExerciseResult] | GraderError:
    finding: Finding = msgspec.msgpack.decode(future.result(), type=Finding)
    if isinstance(finding, Judged):
        return finding.results
    return raised(finding if isinstance(finding, NearFailed) else finding.failure)
