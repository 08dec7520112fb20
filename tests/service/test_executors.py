"""A Dask cluster gives the same results as this machine, even if workers are lost."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cohorts
import pytest
from families import family

from grader.errors import GraderError, UsageError
from grader.service import executors

pytest.importorskip("distributed", reason="Dask's `distributed` is not installed")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


@pytest.fixture
def start(tmp_path):
    """Start processes that end with the test and write their output to files."""
    started = []
    (tmp_path / "tmp").mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "TMPDIR": str(tmp_path / "tmp"),
        "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "spawn",
    }

    def start(*command):
        log = tmp_path / f"{len(started)}.log"
        with log.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", *map(str, command)],
                cwd=tmp_path,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in reversed(started):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    for process in started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(sees, process=None):
    """Wait until a function returns a truthy value, and return that value."""
    for _ in range(PATIENCE * 20):
        if seen := sees():
            return seen
        assert process is None or process.poll() is None
        time.sleep(0.05)
    raise AssertionError("nothing came of it")


@dataclass(frozen=True)
class Scheduler:
    """A scheduler's address and process."""

    address: str
    pid: int


@pytest.fixture
def scheduler(start, tmp_path):
    """A scheduler on a free port."""
    place = tmp_path / "scheduler.json"
    process = start(
        "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", place
    )
    until(place.exists, process)
    address = until(lambda: json.loads(place.read_text() or "{}").get("address"))
    return Scheduler(address, process.pid)


@pytest.fixture
def worker(start, scheduler, tmp_path):
    """Start an ordinary worker. With a nanny, a killed worker would restart."""

    def worker(*options):
        number = len([*tmp_path.glob("worker*")])
        place = tmp_path / f"worker{number}"
        place.mkdir()
        return start(
            "dask",
            "worker",
            scheduler.address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            place,
            *options,
        )

    return worker


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_nobody_at_the_address(monkeypatch):
    """A missing scheduler is reported within its timeout, with instructions for starting one."""
    monkeypatch.setattr(executors, "PATIENCE", 1)
    address = f"tcp://127.0.0.1:{closed_port()}"
    with pytest.raises(GraderError) as refused:
        executors.pool(None, address)
    assert (refused.value.slug, refused.value.where) == ("no-cluster", f"--scheduler {address}")


def test_what_is_no_address_is_said():
    """A malformed address is reported in the same way as a missing cluster."""
    for address in ("nonsense://nowhere:1", "", "tcp://127.0.0.1:port", "localhost", "inproc://x:1"):
        with pytest.raises(GraderError) as refused:
            executors.pool(None, address)
        assert refused.value.slug == "no-cluster"


def test_a_cluster_without_workers(monkeypatch, scheduler):
    """The error for a scheduler without workers shows the command that starts a worker."""
    monkeypatch.setattr(executors, "PATIENCE", 2)
    with pytest.raises(GraderError) as refused:
        executors.pool(None, scheduler.address)
    assert refused.value.slug == "no-cluster"
    assert f"`dask worker {scheduler.address}`" in refused.value.remedy


def test_without_dask_the_extra_is_named(monkeypatch):
    """If Dask isn't installed, the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as refused:
        executors.pool(None, "tcp://127.0.0.1:1")
    assert (refused.value.slug, "toeplitz-grader[cluster]" in refused.value.remedy) == ("no-dask", True)


def test_as_many_lanes_as_processors_or_as_asked():
    """By default there is one lane for each processor that this process may use."""
    for jobs, lanes in ((3, 3), (None, len(os.sched_getaffinity(0)))):
        pool = executors.pool(jobs, None)
        assert pool.lanes() == lanes
        pool.close()


@pytest.fixture
def folder(tmp_path):
    """Ten submissions, every third of them wrong."""
    right = (ROOT / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
    wrong = (ROOT / "reference/toeplitz_1d/misconceptions/transposed.py").read_text(encoding="utf-8")
    for number in range(10):
        cohorts.submission(tmp_path / "handed_in", f"learner{number}", right if number % 3 else wrong)
    return tmp_path / "handed_in"


def alike(one, other):
    """Return whether two folders have the same content, apart from durations."""
    first, second = cohorts.contents(one), cohorts.contents(other)
    assert set(first) == set(second)
    return [
        name
        for name in first
        if first[name] != second[name]
        and (
            not name.endswith(".json")
            or cohorts.without_durations(first[name]) != cohorts.without_durations(second[name])
        )
    ]


@pytest.mark.nightly
def test_a_worker_that_is_killed_loses_nothing(run_process, folder, scheduler, worker, start, tmp_path):
    """If one of two workers is killed midway, all reports exist and match those of a local run."""
    local = run_process("cohort", folder, "--json-dir", tmp_path / "local", "--seed", 20)
    assert local.returncode == 1, local.stderr
    worker("--nanny")
    doomed = worker("--no-nanny")
    out = tmp_path / "far"
    done = start(
        *("grader", "cohort", folder, "--json-dir", out, "--seed", 20),
        *("--scheduler", scheduler.address, "--course", ROOT),
    )
    # The first submission of a worker takes longest. With some reports, each worker has done one.
    until(lambda: len(family(doomed.pid)) > 3 and len([*out.glob("reports/*.json")]) >= 2, done)
    os.kill(doomed.pid, signal.SIGKILL)
    assert done.wait(PATIENCE) == 1
    assert alike(tmp_path / "local", out) == []


@pytest.mark.nightly
def test_without_workers_a_cohort_waits_and_says_so(folder, scheduler, worker, start, tmp_path):
    """If the last worker is lost, a cohort says so and waits until another one connects."""
    doomed = worker("--no-nanny")
    out, log = tmp_path / "far", tmp_path / "2.log"
    done = start(
        "grader", "cohort", folder, "--json-dir", out, "--scheduler", scheduler.address, "--course", ROOT
    )
    until(lambda: [*out.glob("reports/*.json")], done)
    os.kill(doomed.pid, signal.SIGKILL)
    until(lambda: "No worker is left. Waiting for one." in log.read_text(encoding="utf-8"), done)
    worker("--no-nanny")
    assert done.wait(PATIENCE) == 1
    assert "A worker is back: grading continues." in log.read_text(encoding="utf-8")
    assert len([*out.glob("reports/*.json")]) == 10


@pytest.mark.slow
def test_a_lost_scheduler_ends_the_cohort(folder, scheduler, worker, start, tmp_path):
    """A lost scheduler is an error, not an endless wait; finished reports are kept."""
    worker("--no-nanny")
    out = tmp_path / "far"
    done = start(
        "grader", "cohort", folder, "--json-dir", out, "--scheduler", scheduler.address, "--course", ROOT
    )
    until(lambda: [*out.glob("reports/*.json")], done)
    os.kill(scheduler.pid, signal.SIGKILL)
    assert done.wait(PATIENCE) == 3
    assert "error[lost-cluster]" in (tmp_path / "2.log").read_text(encoding="utf-8")
    assert [*out.glob("reports/*.json")]
