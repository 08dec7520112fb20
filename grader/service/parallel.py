"""Grade many texts in parallel, each in a fork of one warm runner. Forks leave nothing behind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import msgspec

from grader.course import Course
from grader.errors import GraderError
from grader.protocol import ExerciseJob, RunnerFailed
from grader.report_model import ExerciseResult
from grader.service import task
from grader.service.executors import processors
from grader.service.runner_connection import RunOptions, raised
from grader.service.task import Finding, Graders, Judged, Order, TaskSettings

Tell = Callable[[int], object]


class Warm:
    """Graders that stay warm between batches, and one thread per processor."""

    def __init__(self) -> None:
        """Don't start a grader yet: importing torch takes seconds."""
        self._graders = Graders()
        self._lanes = ThreadPoolExecutor(processors())

    def judge_all(
        self,
        course: Course,
        jobs: Sequence[ExerciseJob],
        options: RunOptions,
        *,
        seed: int,
        tell: Tell = lambda done: done,
    ) -> list[ExerciseResult | GraderError]:
        """Grade independent texts.

        Return the results in the order of the jobs, with an error for each job that can't be graded.
        Call `tell` with the number of finished jobs.
        """
        results = []
        with contextlib.closing(self.judge_each(course, jobs, options, seed=seed)) as found:
            for one in found:
                results.append(one)
                tell(len(results))
        return results

    def judge_each(
        self, course: Course, jobs: Sequence[ExerciseJob], options: RunOptions, *, seed: int
    ) -> Generator[ExerciseResult | GraderError, None, None]:
        """Yield the same results in order, each as soon as it is ready."""
        bench = TaskSettings.of(course, options, seed)
        submit, graders = self._lanes.submit, self._graders
        opened = _found(submit(task.survey, msgspec.msgpack.encode(bench), graders))
        if isinstance(opened, GraderError):
            raise opened
        orders = (msgspec.msgpack.encode(Order(bench=bench, jobs=[job])) for job in jobs)
        waiting = [submit(task.judge, order, graders) for order in orders]
        try:
            for future in waiting:
                found = _found(future)
                yield found if isinstance(found, GraderError) else found[0]
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """Drop the running jobs. The threads end with their forks."""
        self._lanes.shutdown(wait=False, cancel_futures=True)
        self._graders.close()
        self._lanes.shutdown()

    def __enter__(self) -> Self:
        """Return self. The `with` statement closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the graders."""
        self.close()


def _found(future: Future[bytes]) -> list[ExerciseResult] | GraderError:
    finding: Finding = msgspec.msgpack.decode(future.result(), type=Finding)
    if isinstance(finding, Judged):
        return finding.results
    return raised(finding if isinstance(finding, RunnerFailed) else finding.failure)
