"""Shared fixtures: the course and its proof, one zygote, one warm grader. Also the order of the tests."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import lanes
import msgspec
import pytest

from grader import case_cache, cli
from grader.authoring import proof, proof_trials
from grader.authoring.linting.rule import LintedExercise
from grader.authoring.proof import Proof
from grader.authoring.proof_trials import Outcome, Trial
from grader.course import load_course
from grader.protocol import ExerciseJob
from grader.sandbox.zygote_client import ZygoteClient
from grader.service import parallel, runner_connection
from grader.service.executors import processors
from grader.source_text import SourceText
from grader.strategies import moods

ROOT = Path(__file__).resolve().parent.parent

# Ends by itself if it isn't killed.
BUSY = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"

# A separate course: its tests grade submissions and don't belong to this project's tests.
collect_ignore = ["minicourse"]

# One lane more than processors: half of the time is spent waiting for limits, browsers and ending processes.
SPARE_LANES = 1


def pytest_configure(config):
    """Keep the cases of this run in its own folder, shared by all its processes."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="cases-")
        os.environ[case_cache.VARIABLE] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Return the number of parallel tests for `-n auto`."""
    return processors() + SPARE_LANES


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Run tests with shared set-up in one process."""
    return lanes.scheduler(config, log)


def pytest_collection_modifyitems(items):
    """Start with the slowest tests."""
    items.sort(key=lambda item: lanes.rank(item.nodeid))


@pytest.fixture(autouse=True)
def interruptible():
    """Make Ctrl-C end child processes, since an earlier command in this process may have disabled it."""
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
    """A warm zygote. Every test may fork workers from it."""
    with ZygoteClient.start() as server:
        yield server


@pytest.fixture
def busy():
    """Keep the machine busy with other processes."""
    others = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(3 * (os.cpu_count() or 1))]
    yield
    for other in others:
        other.kill()
        other.wait()


@pytest.fixture(scope="module")
def small_integers():
    """Make strategies draw only small integers and sizes, for which formulas agree to the last bit."""
    with moods.only(moods.SIMPLE):
        yield


@pytest.fixture(scope="session")
def warm():
    """One grader for all tests: it imports torch once and draws each exercise's cases once."""
    with parallel.Warm() as warm:
        yield warm


@pytest.fixture(scope="session")
def judge_jobs(course, warm):
    """Grade jobs of the course, by default on the CPU. Return the results in order."""

    def judge(jobs, *, withheld=()):
        options = runner_connection.RunOptions(device="cpu", withheld=withheld)
        return warm.judge_all(course, list(jobs), options, seed=course.settings.seed)

    return judge


@pytest.fixture(scope="session")
def judged(judge_jobs):
    """Grade texts in parallel, each for one exercise. Return the results in order."""

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
    """The outcome of each solution in the reference tree, and the proof, by exercise."""

    outcomes: dict[str, list[tuple[Trial, Outcome]]]
    proofs: dict[str, Proof]

    def of(self, *roles):
        """Return the exercise, the trial and the outcome of each solution with one of these roles."""
        return [
            (name, trial, outcome)
            for name, outcomes in self.outcomes.items()
            for trial, outcome in outcomes
            if trial.role in roles
        ]


def on_the_cpu(trial):
    """Return the same trial, restricted to the CPU."""
    return replace(trial, job=msgspec.structs.replace(trial.job, device="cpu"))


@pytest.fixture(scope="session")
def proved(course, judge_jobs):
    """The result of `grade check` on the course, computed once for all tests.

    Other seeds, seven of eight known mistakes, and most variants on another device run only nightly.
    """
    planned = []
    for one in course.exercises.values():
        tried = proof_trials.planned(one, course.settings.seed, other_seeds=0)
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
        name: proof.weigh(LintedExercise(course.exercises[name], course.root), mine)
        for name, mine in outcomes.items()
    }
    return Proved(outcomes, proofs)


@pytest.fixture
def own_course(tmp_path):
    """A copy of the course with the learner's own folder."""
    for name in ("exercises", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "submissions/me").mkdir(parents=True)
    return tmp_path


@dataclass
class Said:
    """The output of a command, as a terminal with that encoding receives it, and its exit code."""

    code: int
    stdout: str
    stderr: str

    @property
    def returncode(self):
        """The exit code, under the name that subprocess uses."""
        return self.code


@contextlib.contextmanager
def as_on(encoding, width):
    """Redirect this process to new streams of any encoding and width. Yield them."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    # A stopped command leaves the signal ignored, because its process is about to end.
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
    """Run a command on these streams and return its output and exit code."""
    with pytest.raises(SystemExit) as caught:
        cli.main([str(one) for one in arguments])
    for stream in streams:
        stream.flush()
    stdout, stderr = (stream.buffer.getvalue().decode(encoding) for stream in streams)
    return Said(caught.value.code or 0, stdout, stderr)


@pytest.fixture
def say():
    """Run `grade` in this process, on streams of any encoding and width. For commands without torch."""

    def run(*arguments, encoding="utf-8", width=80):
        with as_on(encoding, width) as (_, streams):
            return ended(arguments, streams, encoding)

    return run


@pytest.fixture(scope="session")
def fork_servers():
    """Connect to one of two zygotes, with or without namespaces. Each starts on first use."""
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
    """Run `grade` in this process. Its runners are forked from a zygote that has already imported torch.

    Everything else is as on the command line. Use `run_process` to test
    behaviour that only a separate process shows.
    """

    def run(*arguments, cwd=ROOT, env=None):
        env = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"} | (env or {})
        encoding = env.pop("PYTHONIOENCODING")
        with as_on(encoding, env["COLUMNS"]) as (patch, streams):
            for name in {one for one in os.environ if one.startswith("GRADER_")} - {case_cache.VARIABLE}:
                patch.delenv(name)
            for name, value in env.items():
                patch.setenv(name, value)
            patch.chdir(cwd)
            patch.setattr(ZygoteClient, "start", fork_servers)
            return ended(arguments, streams, encoding)

    return run


@pytest.fixture
def run_process():
    """Run `grade` in a separate process, as a user does."""

    def run(*arguments, cwd=ROOT, env=None, timeout=240):
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("GRADER_", "PYTEST_"))
        }
        plain[case_cache.VARIABLE] = os.environ[case_cache.VARIABLE]
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
