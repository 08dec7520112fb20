"""What an executor runs, here or on another machine: one submission judged by the grader of this process.

Orders and findings cross as msgpack: whoever receives them reads plain records and runs nothing.
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

from grader.commands.grade import PASSING, RunOptions, runner_lost
from grader.commands.runner_client import Verdicts, WarmGrader
from grader.course import Course, load_course
from grader.errors import GraderError, UsageError
from grader.protocol import ExerciseJob, RunnerFailed, RunnerFinished, RunnerOpened
from grader.report_model import ExerciseResult, Record

ATTEMPTS = 4
LOST = {"near-side", "fork-server", *PASSING}
# Seconds until what another submission has taken of the machine may be there again.
PAUSE = 1.0


class TaskSettings(Record, frozen=True):
    """What all submissions of a cohort are judged by."""

    course: str
    course_sha256: str
    device: str
    isolation: str
    withheld: tuple[str, ...]
    seed: int

    @classmethod
    def of(cls, course: Course, options: RunOptions, seed: int) -> Self:
        """Return the bench of a run."""
        return cls(
            course=str(course.root),
            course_sha256=course.sha256,
            device=options.device,
            isolation=options.isolation,
            withheld=options.withheld,
            seed=seed,
        )


class Order(Record, frozen=True):
    """One submission to judge."""

    bench: TaskSettings
    jobs: list[ExerciseJob]


# Made before any thread asks for them: two that read the first record of a type at once crash the process.
_benches = msgspec.msgpack.Decoder(TaskSettings)
_orders = msgspec.msgpack.Decoder(Order)


class Judged(Record, frozen=True, tag="judged"):
    """What was found, and on what machine."""

    opened: RunnerOpened
    results: list[ExerciseResult]


class Unfit(Record, frozen=True, tag="unfit"):
    """A machine can't judge any submission of the cohort, whichever it is given."""

    machine: str
    failure: RunnerFailed


Finding = Judged | RunnerFailed | Unfit


class Lost(Exception):
    """A process that judges is gone: that says nothing of the submission."""

    def __init__(self, error: GraderError) -> None:
        """Keep what is said where no further attempt is made."""
        super().__init__(error.found)
        self.error = error


class NoGrader(Exception):
    """No grader can be had on this machine: that says nothing of the submission, either."""

    def __init__(self, error: GraderError) -> None:
        """Keep the reason."""
        super().__init__(error.found)
        self.error = error


class Graders:
    """The warm graders of this process, one for each bench; whoever finds one broken starts it anew."""

    def __init__(self) -> None:
        """Start none yet: to import torch takes seconds."""
        self._lock = threading.Lock()
        self._running: dict[TaskSettings, tuple[WarmGrader, RunnerOpened]] = {}
        self._closed = False

    def get(self, bench: TaskSettings) -> tuple[WarmGrader, RunnerOpened]:
        """Return the grader of a bench, warm, and what it found on this machine."""
        with self._lock:
            if self._closed:
                raise runner_lost()
            if bench not in self._running:
                self._running[bench] = _start(bench)
            return self._running[bench]

    def drop(self, bench: TaskSettings, grader: WarmGrader) -> None:
        """Forget a grader that is broken, unless that was done already."""
        with self._lock:
            if bench in self._running and self._running[bench][0] is grader:
                del self._running[bench]
                grader.close()

    def close(self) -> None:
        """End them all; none is started again until `reopen`."""
        with self._lock:
            self._closed = True
            for grader, _ in self._running.values():
                grader.close()
            self._running.clear()

    def reopen(self) -> None:
        """Start graders again where they are asked for."""
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
            expected=f"the course that the cohort is judged by: {bench.course_sha256[:12]}",
            remedy="give every machine the same files at the same place",
        )
    options = RunOptions(device=bench.device, isolation=bench.isolation, withheld=bench.withheld)
    grader = WarmGrader(course, options, bench.seed)
    try:
        return grader, grader.opened()
    except BaseException:
        grader.close()
        raise


def survey(bench: bytes, graders: Graders | None = None) -> bytes:
    """Return what a grader finds on this machine, as a finding without results."""
    return _finding(lambda: Judged(_grader(_benches.decode(bench), graders or GRADERS)[1], []))


def judge(order: bytes, graders: Graders | None = None) -> bytes:
    """Return what is found about one submission."""
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
    """Judge; where a process was lost on the way, begin again."""
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
