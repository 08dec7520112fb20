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
from functools import partial
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
from grader.checks.resident import Resident, Tell, send
from grader.checks.respondent import Budget, Source
from grader.checks.sitting import HANDED_IN, Expectation, Sitting
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
            Resident(to_grade, server, bench.judge, partial(bench.rehearse, server)).serve()
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

    def judge(self, job: ExerciseJob, server: ForkServer, tell: Tell) -> None:
        """Judge one job with all the time that a submission has, and tell each ruling as it falls."""
        try:
            result = judge_exercise(
                self,
                job,
                server,
                Budget(self.request.seconds if job.seconds is None else job.seconds),
                heard=lambda one: tell(NearFound(result=one)),
            )
            tell(NearFinished(result=result))
        except GraderError as error:
            tell(NearFailed.of(error))
        except Exception as error:  # noqa: BLE001 - as above
            tell(NearFailed.of(_internal(error)))

    def rehearse(self, server: ForkServer, exercise: str) -> None:
        """Judge a stub, and keep nothing but warm caches."""
        stub = self.course.exercise(exercise).stub
        job = ExerciseJob(exercise=exercise, source=read_text(stub), filename=stub.name)
        with contextlib.suppress(GraderError):
            judge_exercise(self, job, server, Budget(self.request.seconds))


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


def judge_exercise(
    bench: Bench,
    job: ExerciseJob,
    server: ForkServer,
    budget: Budget,
    *,
    heard: Callable[[Property], object] = lambda ruled: ruled,
) -> ExerciseResult:
    """Run one exercise's properties in pytest and return what each came to; `heard` is told each at once."""
    course, request = bench.course, bench.request
    exercise = course.exercise(job.exercise)
    started = time.perf_counter()
    source = Source(job.source, job.filename, job.cells)
    judge = Judge(
        course,
        {exercise.id: source},
        server,
        seed=request.seed if job.seed is None else job.seed,
        devices=bench.devices if job.device is None else devices.choose(job.device, request.isolation),
        isolation=Demand(request.isolation, tuple(request.withheld)),
        budget=budget,
    )
    trials = Trials(job.replay, tuple(job.remembered))
    sitting = Sitting(judge, brief=job.brief, heard=heard, trials=trials)
    try:
        document = _pytest(course, exercise, sitting, request.seconds)
        properties = _properties(sitting, document)
        return ExerciseResult(
            id=exercise.id,
            title=exercise.title,
            status=scoring.status_of(properties),
            score=scoring.total([one.points for one in properties]),
            max_score=scoring.total([one.max_points for one in properties]),
            duration=round(time.perf_counter() - started, 6),
            properties=properties,
            stdout=clean(judge.printed(exercise)),
            error=_source_error(judge, exercise, source),
        )
    finally:
        judge.close()


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

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.document: dict[str, Any] = {}
        self.trouble: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[HANDED_IN] = self.sitting
        config.stash[KEY] = self.sitting.judge

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.trouble.append(str(report.longrepr))

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        self.document = json_report


def _pytest(course: Course, exercise: Exercise, sitting: Sitting, seconds: float) -> dict[str, Any]:
    carrier = _Carrier(sitting)
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
        *(["--exitfirst"] if sitting.brief else []),
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
