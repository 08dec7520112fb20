"""The near side of `grade run`: runs each exercise's properties in pytest, and hands typed records back.

It is forked from the fork server, so torch is there already.
"""

from __future__ import annotations

import contextlib
import io
import os
import platform
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import numpy as np
import pytest
import pytest_jsonreport.plugin
import pytest_timeout
import torch
from msgspec import structs

from grader.checks import devices, plugin, scoring
from grader.checks.devices import Devices
from grader.checks.judge import KEY, Judge
from grader.checks.replaying import Trials
from grader.checks.resident import Resident, send
from grader.checks.respondent import Budget, Source
from grader.checks.sitting import HANDED_IN, Expectation, Sitting
from grader.checks.stage import Await, Turn
from grader.course import Course, load_course
from grader.errors import GraderError
from grader.exercises import Exercise, read_text
from grader.frames import read_frame
from grader.records import (
    Environment,
    ExerciseJob,
    ExerciseResult,
    NearFailed,
    NearFinished,
    NearFound,
    NearMessage,
    NearOpened,
    NearRequest,
    Property,
    SourceError,
)
from grader.sandbox import isolation
from grader.sandbox.cells import Place
from grader.sandbox.client import Died
from grader.sandbox.forkserver import Demand, ForkServer
from grader.sandbox.wire import Raised
from grader.tables import clean

TAIL = 2000
ENDED = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
# As objects: for a name pytest looks through all that is installed.
PLUGINS = (plugin, pytest_timeout, pytest_jsonreport.plugin)
QUIET = [
    "cacheprovider",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "logging",
    "monkeypatch",
    "pastebin",
    "recwarn",
    "setuponly",
    "setupplan",
    "stepwise",
    "subtests",
    "terminalprogress",
    "threadexception",
    "tmpdir",
    "unittest",
    "unraisableexception",
    "warnings",
]


def main(to_grade: socket.socket, to_server: socket.socket) -> None:
    """Judge what is asked for, one message for each exercise; stay for more where that is asked for."""
    body = read_frame(to_grade)
    if body is None:
        return
    request = msgspec.msgpack.decode(body, type=NearRequest)
    server = ForkServer(to_server)
    try:
        chosen = devices.choose(request.device, request.isolation)
        found = isolation.probe(server, Demand(request.isolation, tuple(request.withheld)))
        send(to_grade, NearOpened(environment=environment(), isolation=found, devices=chosen.states))
        if not request.course:
            return
        bench = Bench(request, load_course(Path(request.course)), chosen)
        sys.path.insert(0, str(bench.course.root))
        for message in run(bench, server):
            send(to_grade, message)
        if request.stays:
            Resident(to_grade, server, bench.set_up).serve()
    except GraderError as error:
        send(to_grade, NearFailed.of(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the person at the terminal must hear of it
        send(to_grade, NearFailed.of(_internal(error)))


@dataclass(frozen=True)
class Bench:
    """What every job of a run is judged with."""

    request: NearRequest
    course: Course
    devices: Devices

    def set_up(self, job: ExerciseJob, server: ForkServer, turns: Await) -> None:
        """Collect the properties of a job's exercise, and have everything warm that any answer to it needs.

        `turns` returns in a fork for each job, which is judged there and told of: each ruling as it falls.
        """
        stub = self.course.exercise(job.exercise).stub
        blank = structs.replace(job, source=read_text(stub), filename=stub.name, cells=(), remembered=[])
        with contextlib.suppress(GraderError):
            judge_exercise(self, blank, server, Budget(self.request.seconds))
        turn: Turn | None = None
        sitting = Sitting(self.judge_of(blank, server, Budget(self.request.seconds)))

        def await_turn() -> None:
            nonlocal turn
            turn = turns()
            sitting.turn(
                self.judge_of(turn.job, turn.server, self.budget_of(turn.job)),
                brief=turn.job.brief,
                heard=lambda one: tell(NearFound(result=one)),
                trials=Trials(remembered=tuple(turn.job.remembered)),
            )

        def tell(message: NearMessage) -> None:
            assert turn is not None
            turn.tell(message)

        try:
            exercise = self.course.exercise(job.exercise)
            result = _judged(self, exercise, sitting, await_turn)
            tell(NearFinished(result=result))
        except GraderError as error:
            if turn is None:
                raise
            tell(NearFailed.of(error))
        except Exception as error:
            if turn is None:
                raise _internal(error) from error
            tell(NearFailed.of(_internal(error)))

    def budget_of(self, job: ExerciseJob) -> Budget:
        """Return the time that one job may take where it is alone."""
        return Budget(self.request.seconds if job.seconds is None else job.seconds)

    def judge_of(self, job: ExerciseJob, server: ForkServer, budget: Budget) -> Judge:
        """Return the judge of one job."""
        request = self.request
        return Judge(
            self.course,
            {job.exercise: Source(job.source, job.filename, job.cells)},
            server,
            seed=request.seed if job.seed is None else job.seed,
            devices=self.devices if job.device is None else devices.choose(job.device, request.isolation),
            isolation=Demand(request.isolation, tuple(request.withheld)),
            budget=budget,
        )


def _internal(error: Exception) -> GraderError:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return GraderError(
        "internal",
        found=f"{type(error).__name__}: {error}"[:TAIL],
        where=f"{frame.filename}, line {frame.lineno}",
        expected="a grader without this defect",
        remedy="report it with these four lines and the submission",
    )


def run(bench: Bench, server: ForkServer) -> Iterator[NearMessage]:
    """Yield the result of each exercise."""
    budget = Budget(bench.request.seconds)
    for job in bench.request.jobs:
        try:
            result = judge_exercise(bench, job, server, budget)
        except GraderError as error:
            yield NearFailed.of(error)
        else:
            yield NearFinished(result=result)


def judge_exercise(bench: Bench, job: ExerciseJob, server: ForkServer, budget: Budget) -> ExerciseResult:
    """Run one exercise's properties in pytest and return what each came to."""
    sitting = Sitting(
        bench.judge_of(job, server, budget),
        brief=job.brief,
        trials=Trials(job.replay, tuple(job.remembered)),
    )
    return _judged(bench, bench.course.exercise(job.exercise), sitting, lambda: None)


def _judged(
    bench: Bench, exercise: Exercise, sitting: Sitting, await_turn: Callable[[], None]
) -> ExerciseResult:
    started = time.perf_counter()

    def begin() -> None:
        nonlocal started
        await_turn()
        started = time.perf_counter()

    try:
        document = _pytest(bench.course, exercise, sitting, bench.request.seconds, begin)
        properties = _properties(sitting, document)
        judge = sitting.judge
        return ExerciseResult(
            id=exercise.id,
            title=exercise.title,
            status=scoring.status_of(properties),
            score=scoring.total([one.points for one in properties]),
            max_score=scoring.total([one.max_points for one in properties]),
            duration=round(time.perf_counter() - started, 6),
            properties=properties,
            stdout=clean(judge.printed(exercise)),
            error=_source_error(judge, exercise, judge.sources[exercise.id]),
        )
    finally:
        sitting.judge.close()


def environment() -> Environment:
    """Return the versions that a verdict may depend on."""
    return Environment(
        python=platform.python_version(),
        torch=str(torch.__version__),
        numpy=np.__version__,
        hypothesis=hypothesis.__version__,
        platform=f"{sys.platform}-{platform.machine()}",
    )


class _Carrier:
    """Hands the sitting to our hooks, and takes pytest-json-report's document from it."""

    def __init__(self, sitting: Sitting, begin: Callable[[], None]) -> None:
        self.sitting = sitting
        self.begin = begin
        self.document: dict[str, Any] = {}
        self.trouble: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[HANDED_IN] = self.sitting
        config.stash[KEY] = self.sitting.judge

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        if session.testsfailed:
            # What can't be collected is judged by nobody: pytest says so next.
            return
        self.begin()
        session.config.stash[KEY] = self.sitting.judge
        session.config.option.maxfail = int(self.sitting.brief)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.trouble.append(str(report.longrepr))

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        self.document = json_report


def _pytest(
    course: Course, exercise: Exercise, sitting: Sitting, seconds: float, begin: Callable[[], None]
) -> dict[str, Any]:
    """Collect the properties, `begin`, and run them; return pytest-json-report's document."""
    carrier = _Carrier(sitting, begin)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    arguments = [
        str(exercise.tests) + sitting.trials.chosen,
        f"--rootdir={course.root}",
        f"--confcutdir={exercise.folder}",
        "--config-file=/dev/null",
        "--import-mode=importlib",
        "--capture=no",
        "-qq",
        f"--timeout={seconds + 60:g}",
        "--json-report",
        "--json-report-file=none",
        "--json-report-omit=collectors,log,traceback,streams,warnings,keywords,environment",
        *(f"-pno:{name}" for name in QUIET),
    ]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main(arguments, plugins=[carrier, *PLUGINS])
    if sitting.broken is not None:
        raise sitting.broken
    if carrier.trouble or code not in ENDED:
        _forget(exercise.tests)
        raise GraderError(
            "properties",
            found="\n".join(carrier.trouble or [said.getvalue()])[-TAIL:].strip()
            or f"pytest ended with {code!r}",
            where=str(exercise.tests),
            expected="a file of properties that pytest can collect and run",
            remedy=f"run `pytest {exercise.tests}` and mend what it shows",
        )
    return carrier.document


def _forget(tests: Path) -> None:
    """Have a file imported anew next time: what broke halfway would be found as it is, without properties."""
    broken = [name for name, module in sys.modules.items() if getattr(module, "__file__", None) == str(tests)]
    for name in broken:
        del sys.modules[name]


def _properties(sitting: Sitting, document: dict[str, Any]) -> list[Property]:
    """Score over the properties that were expected, and count only a call that really passed."""
    passed = {
        test["nodeid"]
        for test in document.get("tests", [])
        if test.get("call", {}).get("outcome") == "passed" and "property" in test.get("metadata", {})
    }
    judged = {(one.exercise, one.name): 0 for one in sitting.expected.values()}
    for nodeid, one in sitting.expected.items():
        judged[one.exercise, one.name] += nodeid in sitting.found
    return [
        _settled(sitting, nodeid, one, nodeid in passed, max(judged[one.exercise, one.name], 1))
        for nodeid, one in sitting.expected.items()
    ]


def _settled(sitting: Sitting, nodeid: str, one: Expectation, passed: bool, shares: int) -> Property:  # noqa: FBT001
    found = sitting.found.get(nodeid)
    if found is None or (found.verdict == "met" and not passed):
        return Property(
            id=one.name,
            says=one.says,
            device=one.device,
            verdict="not judged",
            cause=None,
            reason="the run ended before this property did",
            points=0.0,
            max_points=one.points,
            duration=0.0,
            hidden=one.hidden,
        )
    return msgspec.structs.replace(
        found,
        points=round(found.points / shares, 6),
        max_points=round(found.max_points / shares, 6),
        duration=round(sitting.duration(nodeid), 6),
    )


def _source_error(judge: Judge, exercise: Exercise, source: Source) -> SourceError | None:
    """Return the error that kept the submission's file from loading, or a notebook's cell from running."""
    for hearing in judge.heard(exercise):
        unavailable = hearing.unavailable
        if unavailable is not None and unavailable.raised is not None:
            return _described(unavailable.raised, source, unavailable.raised.cell)
        if broken := hearing.broken_cell(*exercise.functions) or hearing.first_broken_cell:
            cell, fault = broken
            others = tuple(one for one in hearing.respondent.broken if one != cell)
            return structs.replace(_described(fault, source, cell), other_cells=others)
    return None


def _described(fault: Raised | Died, source: Source, cell: int | None) -> SourceError:
    if isinstance(fault, Died):
        return SourceError(type=fault.cause, message=clean(fault.reason), line=None, source=None, cell=cell)
    line = source.line_at(Place(fault.cell, fault.line)) if fault.line is not None else None
    return SourceError(
        type=clean(fault.type),
        message=clean(fault.message),
        line=None if line is None else fault.line,
        source=None if line is None else clean(line.strip()),
        cell=cell,
    )
