"""The runner process: runs each exercise's properties in pytest and returns typed records.

It is forked from the zygote, so torch is already imported.
"""

from __future__ import annotations

import contextlib
import platform
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import msgspec
import numpy as np
import torch

from grader.course import Course, load_course
from grader.errors import GraderError, unexpected
from grader.exercises import Exercise, read_text
from grader.frames import read_frame
from grader.protocol import (
    ExerciseJob,
    RunnerFailed,
    RunnerFinished,
    RunnerFound,
    RunnerOpened,
    RunnerOutput,
    RunnerRequest,
)
from grader.report_model import Environment, ExerciseResult
from grader.runner import devices, measuring, pytest_run, results, scoring
from grader.runner.call import Budget
from grader.runner.cases.kept_cases import CaseStore
from grader.runner.cases.replayed_cases import Trials
from grader.runner.devices import Devices
from grader.runner.diagnosis.known_replies import KnownReplies
from grader.runner.dispatcher import Dispatcher
from grader.runner.grading_session import GradingSession
from grader.runner.template import MOST_MEMORY, Await, Turn, send
from grader.runner.workers import Workers
from grader.sandbox import isolation, limits
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.sanitize import clean
from grader.source_text import SourceText


def main(to_grade: socket.socket, to_server: socket.socket) -> None:
    """Grade the requested exercises and send one message for each. Wait for more jobs if requested."""
    body = read_frame(to_grade)
    if body is None:
        return
    request = msgspec.msgpack.decode(body, type=RunnerRequest)
    server = ZygoteClient(to_server)
    try:
        chosen = devices.choose(request.device, request.isolation)
        demand = Demand(request.isolation, tuple(request.withheld))
        # A request without a course only asks what this machine can do.
        found = isolation.probe(server, demand, chosen.least_confined if request.course else "cpu")
        send(to_grade, RunnerOpened(environment=environment(), isolation=found, devices=chosen.states))
        if not request.course:
            return
        bench = RunnerSetup(request, load_course(Path(request.course)), chosen)
        for job in request.measure:
            for step in measuring.measure(bench.course, job, server, chosen, demand):
                send(to_grade, step)
        if request.measure:
            return
        sys.path.insert(0, str(bench.course.root))
        for message in run(bench, server):
            send(to_grade, message)
        if request.stays:
            Dispatcher(to_grade, server, bench.set_up, bench.devices_of).serve()
    except GraderError as error:
        send(to_grade, RunnerFailed.of(error))
    except Exception as error:  # noqa: BLE001 - the person at the terminal must see any error
        send(to_grade, RunnerFailed.of(unexpected(error)))


@dataclass(frozen=True)
class RunnerSetup:
    """The setup shared by all jobs of a run."""

    request: RunnerRequest
    course: Course
    devices: Devices
    known_replies: KnownReplies = field(default_factory=KnownReplies)
    _stores: dict[int, CaseStore] = field(default_factory=dict)
    _named: dict[str, Devices] = field(default_factory=dict)

    def set_up(self, job: ExerciseJob, server: ZygoteClient, turns: Await) -> None:
        """Collect the properties of a job's exercise, and load everything needed to grade an answer.

        `turns` returns once for each job, each time in a new fork. The fork grades the job and
        sends each ruling immediately.
        """
        exercise = self.course.exercise(job.exercise)
        # A learners' copy has no reference. The stub fails at the first call of each property.
        known = exercise.solution if exercise.solution.is_file() else exercise.stub
        blank = ExerciseJob(
            exercise=job.exercise,
            source=SourceText(read_text(known), exercise.stub.name),
            seed=job.seed,
            device=job.device,
        )
        with contextlib.suppress(GraderError):
            judge_exercise(self, blank, server, Budget(self.request.seconds), records=True)
        turn: Turn | None = None
        kept = self.kept_of(blank)
        grading_session = GradingSession(
            self.workers_of(blank, server, Budget(self.request.seconds)), recalls=True, kept=kept
        )
        drawn = [*kept.fresh()]

        def await_turn() -> None:
            nonlocal turn
            turn = turns(self.known_replies.learn)
            grading_session.turn(
                self.workers_of(turn.job, turn.server, self.budget_of(turn.job)),
                brief=turn.job.brief,
                heard=lambda one: tell(RunnerFound(result=one)),
                trials=Trials(turn.job.replay, tuple(turn.job.remembered)),
                first=turn.job.first,
            )

        def tell(message: RunnerOutput) -> None:
            assert turn is not None
            turn.tell(message)

        try:
            result = _judged(self, exercise, grading_session, await_turn)
            assert turn is not None
            result = msgspec.structs.replace(result, handed_in=turn.job.handed_in)
            turn.leave(self.known_replies.fresh())
            for file in drawn if turn.is_first else ():
                tell(file)
            tell(RunnerFinished(result=result, spent=grading_session.workers.spent))
        except GraderError as error:
            if turn is None:
                raise
            tell(RunnerFailed.of(error))
        except Exception as error:
            if turn is None:
                raise unexpected(error) from error
            tell(RunnerFailed.of(unexpected(error)))

    def kept_of(self, job: ExerciseJob) -> CaseStore:
        """Return the cases kept from earlier runs with the job's seed."""
        seed = self.request.seed if job.seed is None else job.seed
        if seed not in self._stores:
            self._stores[seed] = CaseStore(self.course, seed, self.request.cases)
        return self._stores[seed]

    def budget_of(self, job: ExerciseJob) -> Budget:
        """Return the time budget of a job."""
        return Budget(self.request.seconds, left=job.seconds)

    def devices_of(self, job: ExerciseJob) -> tuple[str, ...]:
        """Return the devices of a job."""
        return self._chosen(job).asked

    def _chosen(self, job: ExerciseJob) -> Devices:
        if job.device is None:
            return self.devices
        if job.device not in self._named:
            self._named[job.device] = devices.choose(job.device, self.request.isolation)
        return self._named[job.device]

    def workers_of(self, job: ExerciseJob, server: ZygoteClient, budget: Budget) -> Workers:
        """Return the workers of one job."""
        request = self.request
        return Workers(
            self.course,
            {job.exercise: job.source},
            server,
            seed=request.seed if job.seed is None else job.seed,
            devices=self._chosen(job),
            isolation=Demand(request.isolation, tuple(request.withheld)),
            budget=budget,
            untestable={job.exercise: job.trouble},
            known_replies=self.known_replies,
        )


def run(bench: RunnerSetup, server: ZygoteClient) -> Iterator[RunnerOutput]:
    """Yield the result of each exercise."""
    for job in bench.request.jobs:
        # Added to what earlier exercises have left, which differs between courses.
        limits.bound_memory(MOST_MEMORY)
        budget = bench.budget_of(job)
        try:
            result = judge_exercise(bench, job, server, budget)
        except GraderError as error:
            yield RunnerFailed.of(error)
        else:
            result = msgspec.structs.replace(result, handed_in=job.handed_in)
            yield from bench.kept_of(job).fresh()
            yield RunnerFinished(result=result, spent=budget.spent)


def judge_exercise(
    bench: RunnerSetup, job: ExerciseJob, server: ZygoteClient, budget: Budget, *, records: bool = False
) -> ExerciseResult:
    """Run one exercise's properties in pytest and return the results."""
    grading_session = GradingSession(
        bench.workers_of(job, server, budget),
        brief=job.brief,
        trials=Trials(job.replay, tuple(job.remembered)),
        first=job.first,
        records=records,
        recalls=records,
        kept=bench.kept_of(job),
    )
    return _judged(bench, bench.course.exercise(job.exercise), grading_session, lambda: None)


def _judged(
    bench: RunnerSetup, exercise: Exercise, grading_session: GradingSession, await_turn: Callable[[], None]
) -> ExerciseResult:
    started = time.perf_counter()

    def begin() -> None:
        nonlocal started
        await_turn()
        started = time.perf_counter()

    try:
        passed = pytest_run.run(bench.course, exercise, grading_session, bench.request.seconds, begin)
        if not grading_session.expected and grading_session.trials.replay is None:
            raise GraderError(
                "no-properties",
                found=f"`{exercise.id}` has no test that pytest collects",
                where=str(exercise.tests),
                expected="at least one `def test_...`: an empty set of tests proves nothing",
                remedy=f"run `grade check {exercise.id}`",
            )
        properties = results.properties(grading_session, passed)
        properties += results.device(grading_session, exercise, properties)
        workers = grading_session.workers
        return ExerciseResult(
            id=exercise.id,
            title=exercise.title,
            status=scoring.status_of(properties),
            score=scoring.total([one.points for one in properties]),
            max_score=scoring.total([one.max_points for one in properties]),
            duration=round(time.perf_counter() - started, 6),
            properties=properties,
            stdout=clean(workers.printed(exercise)),
            error=results.source_error(workers, exercise, workers.sources[exercise.id]),
            cpu_seconds=round(workers.spent, 6),
        )
    finally:
        grading_session.workers.close()


def environment() -> Environment:
    """Return the versions that a verdict can depend on."""
    return Environment(
        python=platform.python_version(),
        torch=str(torch.__version__),
        numpy=np.__version__,
        hypothesis=hypothesis.__version__,
        platform=f"{sys.platform}-{platform.machine()}",
    )
