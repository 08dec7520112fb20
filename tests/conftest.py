"""What the tests share: the course and its proof, one zygote, one grader that stays warm, and their order."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import lanes
import msgspec
import pytest

from grader import cli, strategies
from grader.commands import exercise_proof, grade, parallel
from grader.commands.cohort.executors import processors
from grader.commands.exercise_proof import Outcome, Proof, Trial
from grader.commands.lint import LintedExercise
from grader.course import load_course
from grader.protocol import ExerciseJob
from grader.sandbox.zygote_client import ZygoteClient
from grader.source_text import SourceText

ROOT = Path(__file__).resolve().parent.parent

# Ends by itself where nobody ends it.
BUSY = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"

# A course of its own: its properties judge submissions, and are no tests of this project.
collect_ignore = ["minicourse"]

# A lane more than processors: half of the time is waiting, for limits, browsers and processes that end.
SPARE_LANES = 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Say how many tests run at a time under `-n auto`."""
    return processors() + SPARE_LANES


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Have tests that share what they set up run in one process."""
    return lanes.scheduler(config, log)


def pytest_collection_modifyitems(items):
    """Begin with what takes longest."""
    items.sort(key=lambda item: lanes.rank(item.nodeid))


@pytest.fixture(autouse=True)
def interruptible():
    """Ctrl-C ends what a test starts: a command that ended before, in this process, leaves it ignored for children."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def course():
    return load_course(ROOT)


@pytest.fixture(scope="session")
def server():
    """A warm zygote that every test may fork workers from."""
    with ZygoteClient.start() as server:
        yield server


@pytest.fixture
def busy():
    """A machine on which others compute all the time."""
    others = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(3 * (os.cpu_count() or 1))]
    yield
    for other in others:
        other.kill()
        other.wait()


@pytest.fixture(scope="module")
def small_integers():
    """Strategies draw small integers and small sizes alone, on which formulas agree to the last bit."""
    with strategies.only(strategies.SIMPLE):
        yield


@pytest.fixture(scope="session")
def warm():
    """One grader for all tests that judge: torch is imported once, an exercise's cases are drawn once."""
    with parallel.Warm() as warm:
        yield warm


@pytest.fixture(scope="session")
def judge_jobs(course, warm):
    """Judge jobs of the course, on the CPU where they name no device; return their results in order."""

    def judge(jobs, *, withheld=()):
        options = grade.RunOptions(device="cpu", withheld=withheld)
        return warm.judge_all(course, list(jobs), options, seed=course.settings.seed)

    return judge


@pytest.fixture(scope="session")
def judged(judge_jobs):
    """Judge texts, each for one exercise, side by side; return their results in order."""

    def judge(texts, *, seed=None, device="cpu", withheld=()):
        jobs = [
            ExerciseJob(
                exercise=exercise,
                source=SourceText(source, f"{exercise}.py"),
                seed=seed,
                device=device,
            )
            for exercise, source in texts
        ]
        return judge_jobs(jobs, withheld=withheld)

    return judge


@dataclass(frozen=True)
class Proved:
    """What each solution of the reference tree came to, and what that proves, by exercise."""

    outcomes: dict[str, list[tuple[Trial, Outcome]]]
    proofs: dict[str, Proof]

    def of(self, *roles):
        """Return the exercise, the trial and the outcome of each solution that plays one of these parts."""
        return [
            (name, trial, outcome)
            for name, outcomes in self.outcomes.items()
            for trial, outcome in outcomes
            if trial.role in roles
        ]


def on_the_cpu(trial):
    """The same trial where no other device is asked for."""
    return replace(trial, job=msgspec.structs.replace(trial.job, device="cpu"))


@pytest.fixture(scope="session")
def proved(course, judge_jobs):
    """The course, tried as `grade check` tries it: once for all tests that ask what came of it.

    Other seeds, seven of eight known mistakes, and most variants on another device are for the night.
    """
    planned = []
    for one in course.exercises.values():
        tried = exercise_proof.planned(one, course.settings.seed, other_seeds=0)
        wrong = [trial for trial in tried if trial.role == "misconception"]
        further = [trial for trial in tried if trial.role == "variant"][lanes.ELSEWHERE :]
        planned += [
            (one.id, on_the_cpu(trial) if trial in further else trial)
            for trial in tried
            if trial not in wrong or trial in wrong[:: lanes.EACH]
        ]
    found = judge_jobs(trial.job for _, trial in planned)
    outcomes = {name: [] for name in course.exercises}
    for (name, trial), outcome in zip(planned, found, strict=True):
        outcomes[name].append((trial, outcome))
    proofs = {
        name: exercise_proof.weigh(LintedExercise(course.exercises[name], course.root), mine)
        for name, mine in outcomes.items()
    }
    return Proved(outcomes, proofs)


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
    """What a command wrote, as a terminal of that encoding would get it, and how it ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def returncode(self):
        """The exit code, as a process that ended has it."""
        return self.code


@contextlib.contextmanager
def as_on(encoding, width):
    """Have this process write to streams of its own, of any encoding and width; yield them."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    # A command that was stopped leaves the signal ignored, as its process is about to end.
    before = signal.getsignal(signal.SIGINT)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", str(width))
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        try:
            yield patch, streams
        finally:
            signal.signal(signal.SIGINT, before)


def ended(arguments, streams, encoding):
    """Run a command on these streams, and return how it ended."""
    with pytest.raises(SystemExit) as caught:
        cli.main([str(one) for one in arguments])
    for stream in streams:
        stream.flush()
    stdout, stderr = (stream.buffer.getvalue().decode(encoding) for stream in streams)
    return Said(caught.value.code or 0, stdout, stderr)


@pytest.fixture
def say():
    """Run `grade` in this process, on streams of any encoding and width: for all that needs no torch."""

    def run(*arguments, encoding="utf-8", width=80):
        with as_on(encoding, width) as (_, streams):
            return ended(arguments, streams, encoding)

    return run


@pytest.fixture(scope="session")
def fork_servers():
    """Connect to one of two zygotes, in namespaces of its own or not, each started when first asked for."""
    with contextlib.ExitStack() as stack:
        running = {}

        def connect(*, withheld=(), lasting=False):
            del lasting
            apart = tuple(name for name in withheld if name == "namespaces")
            if apart not in running:
                running[apart] = stack.enter_context(START(withheld=apart))
            ours, theirs = socket.socketpair()
            with theirs:
                running[apart].adopt(theirs)
            return ZygoteClient(ours)

        yield connect


START = ZygoteClient.start


@pytest.fixture
def run_grade(fork_servers):
    """Run `grade` in this process, its runners forked from a server that has torch already.

    All else is as a person's command has it; `run_process` is for what only a process of its own shows.
    """

    def run(*arguments, cwd=ROOT, env=None):
        env = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"} | (env or {})
        encoding = env.pop("PYTHONIOENCODING")
        with as_on(encoding, env["COLUMNS"]) as (patch, streams):
            for name in [one for one in os.environ if one.startswith("GRADER_")]:
                patch.delenv(name)
            for name, value in env.items():
                patch.setenv(name, value)
            patch.chdir(cwd)
            patch.setattr(ZygoteClient, "start", fork_servers)
            return ended(arguments, streams, encoding)

    return run


@pytest.fixture
def run_process():
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
