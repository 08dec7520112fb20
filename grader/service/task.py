"""The task that an executor runs, here or on another machine: grade one submission.

Orders and findings are sent as msgpack. The receiver only reads plain records and never runs code from them.
"""

from __future__ import annotations

import atexit
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import msgspec

from grader.course import Course, load_course
from grader.errors import GraderError, UsageError
from grader.protocol import ExerciseJob, RunnerFailed, RunnerFinished, RunnerOpened
from grader.report_model import ExerciseResult, Record
from grader.service.runner_client import Verdicts, WarmGrader
from grader.service.runner_connection import PASSING, RunOptions, runner_lost

ATTEMPTS = 4
LOST = {"near-side", "fork-server", *PASSING}
# Seconds until resources that another submission used may be free again.
PAUSE = 1.0


class TaskSettings(Record, frozen=True):
    """The settings that all submissions of a cohort share."""

    course: str
    course_sha256: str
    device: str
    isolation: str
    withheld: tuple[str, ...]
    seed: int

    @classmethod
    def of(cls, course: Course, options: RunOptions, seed: int) -> Self:
        """Return the settings of a run."""
        return cls(
            course=str(course.root),
            course_sha256=course.sha256,
            device=options.device,
            isolation=options.isolation,
            withheld=options.withheld,
            seed=seed,
        )


class Order(Record, frozen=True):
    """One submission to grade."""

    bench: TaskSettings
    jobs: list[ExerciseJob]


# Created before any thread uses them: two threads that read the first record of a type crash the process.
_benches = msgspec.msgpack.Decoder(TaskSettings)
_orders = msgspec.msgpack.Decoder(Order)


class Judged(Record, frozen=True, tag="judged"):
    """The results, and the machine that produced them."""

    opened: RunnerOpened
    results: list[ExerciseResult]


class Unfit(Record, frozen=True, tag="unfit"):
    """A machine that can't grade any submission of the cohort."""

    machine: str
    failure: RunnerFailed


Finding = Judged | RunnerFailed | Unfit


class Lost(Exception):
    """A grading process was lost. This is not evidence that the submission is wrong."""

    def __init__(self, error: GraderError) -> None:
        """Store the error. It is reported if there are no further attempts."""
        super().__init__(error.found)
        self.error = error


class NoGrader(Exception):
    """No grader can start on this machine. This is not evidence that the submission is wrong."""

    def __init__(self, error: GraderError) -> None:
        """Store the error."""
        super().__init__(error.found)
        self.error = error


class Graders:
    """The warm graders of this process, one per TaskSettings. A broken one is replaced on the next use."""

    def __init__(self) -> None:
        """Don't start a grader yet: importing torch takes seconds."""
        self._lock = threading.Lock()
        self._running: dict[TaskSettings, tuple[WarmGrader, RunnerOpened]] = {}
        self._closed = False

    def get(self, bench: TaskSettings) -> tuple[WarmGrader, RunnerOpened]:
        """Return the warm grader for these settings, and its description of this machine."""
        with self._lock:
            if self._closed:
                raise runner_lost()
            if bench not in self._running:
                self._running[bench] = _start(bench)
            return self._running[bench]

    def drop(self, bench: TaskSettings, grader: WarmGrader) -> None:
        """Close a broken grader, unless another thread already did."""
        with self._lock:
            if bench in self._running and self._running[bench][0] is grader:
                del self._running[bench]
                grader.close()

    def close(self) -> None:
        """Close all graders. No grader starts again until `reopen` is called."""
        with self._lock:
            self._closed = True
            for grader, _ in self._running.values():
                grader.close()
            self._running.clear()

    def reopen(self) -> None:
        """Allow new graders to start."""
        self._closed = False


GRADERS = Graders()
atexit.register(GRADERS.close)


def _start(bench: TaskSettings) -> tuple[WarmGrader, RunnerOpened]:
    course = load_course(Path(bench.course))
    if course.sha256 != bench.course_sha256:
        raise UsageError(
            "another-course",
            found=f"a course with the digest {course.sha256[:12]}",
            where=bench.course,
            expected=f"the course of this cohort: {bench.course_sha256[:12]}",
            remedy="put the same files at the same path on every machine",
        )
    options = RunOptions(device=bench.device, isolation=bench.isolation, withheld=bench.withheld)
    grader = WarmGrader(course, options, bench.seed)
    try:
        return grader, grader.opened()
    except BaseException:
        grader.close()
        raise


def survey(bench: bytes, graders: Graders | None = None) -> bytes:
    """Start the grader if needed. Return its description of this machine as a finding without results."""
    return _finding(lambda: Judged(_grader(_benches.decode(bench), graders or GRADERS)[1], []))


def judge(order: bytes, graders: Graders | None = None) -> bytes:
    """Grade one submission and return the finding."""
    return _finding(lambda: _judge(_orders.decode(order), graders or GRADERS))


def _finding(find: Callable[[], Judged]) -> bytes:
    finding: Finding
    try:
        finding = find()
    except NoGrader as none:
        finding = Unfit(socket.gethostname(), RunnerFailed.of(none.error))
    except Lost as lost:
        finding = RunnerFailed.of(lost.error)
    except GraderError as error:
        finding = RunnerFailed.of(error)
    return msgspec.msgpack.encode(finding)


def _grader(bench: TaskSettings, graders: Graders) -> tuple[WarmGrader, RunnerOpened]:
    try:
        return graders.get(bench)
    except GraderError as error:
        raise (Lost(error) if error.slug in LOST else NoGrader(error)) from None


def _judge(order: Order, graders: Graders) -> Judged:
    """Grade one submission. If a process is lost, start again."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _attempt(order, graders)
        except Lost as lost:
            if lost.error.slug in PASSING:
                time.sleep(PAUSE)
    return _attempt(order, graders)


def _attempt(order: Order, graders: Graders) -> Judged:
    grader, opened = _grader(order.bench, graders)
    results: list[ExerciseResult] = []
    left = grader.seconds
    for job in order.jobs:
        try:
            verdicts = grader.judge(msgspec.structs.replace(job, seconds=left))
        except GraderError as error:
            graders.drop(order.bench, grader)
            raise Lost(error) from None
        message = _finished(verdicts, order.bench, grader, graders)
        results.append(message.result)
        left = max(left - message.spent, 0.0)
    return Judged(opened, results)


def _finished(
    verdicts: Verdicts, bench: TaskSettings, grader: WarmGrader, graders: Graders
) -> RunnerFinished:
    try:
        while not isinstance(message := verdicts.hear(), RunnerFinished):
            pass
    except GraderError as error:
        if error.slug not in LOST:
            raise
        if error.slug == "fork-server":
            graders.drop(bench, grader)
        raise Lost(error) from None
    finally:
        verdicts.hang_up()
    return message
