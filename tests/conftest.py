"""What the tests share: the course, one fork server, and judging many files in one run."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import cli
from grader.commands import batches, grade
from grader.course import load_course
from grader.records import ExerciseJob
from grader.sandbox.forkserver import ForkServer

ROOT = Path(__file__).resolve().parent.parent

# Ends by itself where nobody ends it.
BUSY = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"

# A course of its own: its properties judge submissions, and are no tests of this project.
collect_ignore = ["minicourse"]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def course():
    return load_course(ROOT)


@pytest.fixture(scope="session")
def server():
    """A warm fork server that every test may fork workers from."""
    with ForkServer.start() as server:
        yield server


@pytest.fixture
def busy():
    """A machine on which others compute all the time."""
    others = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(3 * (os.cpu_count() or 1))]
    yield
    for other in others:
        other.kill()
        other.wait()


@pytest.fixture(scope="session")
def judged(course):
    """Judge texts, each for one exercise, side by side; return their results in order."""

    def judge(texts, *, seed=None, device="cpu", withheld=()):
        jobs = [
            ExerciseJob(exercise=exercise, source=source, filename=f"{exercise}.py")
            for exercise, source in texts
        ]
        options = grade.RunOptions(device=device, withheld=withheld)
        return batches.judge_all(course, jobs, options, seed=course.settings.seed if seed is None else seed)

    return judge


@pytest.fixture
def own_course(tmp_path):
    """A copy of the course with a learner's folder of its own."""
    for name in ("exercises", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "submissions/me").mkdir(parents=True)
    return tmp_path


@dataclass
class Said:
    """What a command wrote, as bytes that a terminal of that encoding would get, and how it ended."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def say(monkeypatch):
    """Run `grade` in this process, on streams of any encoding and width: for all that needs no torch."""

    def run(*arguments, encoding="utf-8", width=80):
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        with pytest.raises(SystemExit) as ended:
            cli.main([str(one) for one in arguments])
        for stream in streams:
            stream.flush()
        stdout, stderr = (stream.buffer.getvalue().decode(encoding) for stream in streams)
        return Said(ended.value.code or 0, stdout, stderr)

    # A command that was stopped leaves the signal ignored, as its process is about to end.
    before = signal.getsignal(signal.SIGINT)
    yield run
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def run_grade(tmp_path):
    """Run `grade` as a person would, in a process of its own."""

    def run(*arguments, cwd=ROOT, env=None, timeout=240):
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("GRADER_", "PYTEST_"))
        }
        return subprocess.run(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            cwd=cwd,
            env=plain | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"} | (env or {}),
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
