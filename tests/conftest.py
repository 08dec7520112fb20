"""What the tests share: the course, one fork server, and judging many files in one run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.commands import grade
from grader.course import load_course
from grader.records import ExerciseJob
from grader.sandbox.forkserver import ForkServer

ROOT = Path(__file__).resolve().parent.parent

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


@pytest.fixture(scope="session")
def judged(course):
    """Judge texts, each for one exercise, side by side; return their results in order."""

    def judge(texts, *, seed=None, device="cpu", withheld=()):
        jobs = [
            ExerciseJob(exercise=exercise, source=source, filename=f"{exercise}.py")
            for exercise, source in texts
        ]
        options = grade.RunOptions(device=device, withheld=withheld)
        return grade.judge_all(course, jobs, options, seed=course.settings.seed if seed is None else seed)

    return judge


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
