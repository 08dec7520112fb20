"""Runs pytest once over the properties of one exercise."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pytest_timeout

from grader.course import Course
from grader.errors import GraderError
from grader.exercises import Exercise
from grader.runner import plugin
from grader.runner.false_comparisons import unread
from grader.runner.grading_session import HANDED_IN, GradingSession
from grader.runner.workers import KEY
from grader.sandbox import clocks

TAIL = 2000
AUTOLOAD = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
ENDED = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
# As objects: for names, pytest searches everything that is installed.
PLUGINS = (plugin, pytest_timeout)
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


class _Carrier:
    """Passes the grading session to our hooks, and records which tests passed."""

    def __init__(self, grading_session: GradingSession, begin: Callable[[], None]) -> None:
        self.grading_session = grading_session
        self.begin = begin
        self.passed: set[str] = set()
        self.trouble: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[HANDED_IN] = self.grading_session
        config.stash[KEY] = self.grading_session.workers

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        if session.testsfailed:
            # Nothing is judged after a failed collection. pytest reports it next.
            return
        self.begin()
        session.config.stash[KEY] = self.grading_session.workers
        session.config.option.maxfail = int(self.grading_session.brief)
        # We report failures ourselves. pytest's tracebacks would take a fifth of the time of a wrong answer.
        session.config.option.tbstyle = "no"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.trouble.append(str(report.longrepr))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed.add(report.nodeid)


def run(
    course: Course,
    exercise: Exercise,
    grading_session: GradingSession,
    seconds: float,
    begin: Callable[[], None],
) -> set[str]:
    """Collect the properties, call `begin`, and run them. Return the ids of those that passed."""
    carrier = _Carrier(grading_session, begin)
    arguments = [
        str(exercise.tests),
        f"--rootdir={course.root}",
        f"--confcutdir={exercise.folder}",
        "--config-file=/dev/null",
        "--import-mode=importlib",
        "--capture=no",
        "-qq",
        # Each call has a much shorter limit.
        f"--timeout={clocks.longest(seconds):g}",
        *(f"-pno:{name}" for name in QUIET),
    ]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _no_other_plugins(), unread():
        code = pytest.main(arguments, plugins=[carrier, *PLUGINS])
    if (broken := grading_session.workers.trouble or grading_session.broken) is not None:
        raise broken
    if carrier.trouble or code not in ENDED:
        _forget(exercise.tests)
        raise GraderError(
            "properties",
            found="\n".join(carrier.trouble or [said.getvalue()])[-TAIL:].strip()
            or f"pytest ended with {code!r}",
            where=str(exercise.tests),
            expected="a file of tests that pytest can collect and run",
            remedy=f"run `pytest {exercise.tests}` and fix what it shows",
        )
    return carrier.passed


@contextlib.contextmanager
def _no_other_plugins() -> Iterator[None]:
    """Prevent pytest from loading installed plugins during this run."""
    before = os.environ.get(AUTOLOAD)
    os.environ[AUTOLOAD] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(AUTOLOAD, None)
        else:
            os.environ[AUTOLOAD] = before


def _forget(tests: Path) -> None:
    """Make Python reimport a broken file next time, because the half-loaded module has no properties."""
    broken = [name for name, module in sys.modules.items() if getattr(module, "__file__", None) == str(tests)]
    for name in broken:
        del sys.modules[name]
