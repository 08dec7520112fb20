"""A near side that stays judges jobs side by side, and none of them is another's concern."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from families import family

from grader.commands.grade import RunOptions
from grader.commands.warm import WarmGrader
from grader.errors import GraderError
from grader.records import ExerciseJob, NearFinished

ENDLESS = "while True: pass\n"


@pytest.fixture(scope="module")
def grader(course):
    with WarmGrader(course, RunOptions(device="cpu"), course.settings.seed) as grader:
        grader.opened()
        yield grader


@pytest.fixture
def near(course):
    """A grader that has judged nothing yet, and the process that will fork for each job."""
    before = family()
    with WarmGrader(course, RunOptions(device="cpu"), course.settings.seed) as grader:
        grader.opened()
        childless = {}
        while len(childless) != 1:
            # The worker that tried what it may do here is about to be gone.
            started = {pid: parent for pid, parent in family().items() if pid not in before}
            childless = set(started) - set(started.values())
        yield grader, childless.pop()


@pytest.fixture
def job(root):
    source = (root / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
    return ExerciseJob(exercise="toeplitz_1d", source=source, filename="toeplitz_1d.py")


def endless():
    return ExerciseJob(exercise="toeplitz_1d", source=ENDLESS, filename="toeplitz_1d.py")


def finished(verdicts):
    with contextlib.closing(Heard(verdicts)) as heard:
        while not isinstance(message := heard.hear(), NearFinished):
            pass
    return message.result


class Heard:
    """Verdicts that are closed as files are."""

    def __init__(self, verdicts):
        self.hear, self.close = verdicts.hear, verdicts.hang_up


def test_jobs_are_judged_side_by_side(grader, job):
    """A job that takes its time keeps no other waiting, and hanging up on it ends it alone."""
    slow = grader.judge(endless())
    assert [finished(grader.judge(job)).status for _ in range(3)] == ["met"] * 3
    slow.hang_up()
    assert finished(grader.judge(job)).status == "met"


def fork_of(near, job, but=()):
    """Hand in a job; return its verdicts and the process that judges it."""
    grader, resident = near
    verdicts = grader.judge(job)
    while not (begun := [pid for pid, parent in family().items() if parent == resident and pid not in but]):
        time.sleep(0.01)
    return verdicts, begun[0]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_killed_fork_is_its_own_jobs_end(near, job):
    """Whoever waits for a job whose process is killed hears so at once, though other jobs go on."""
    lost, pid = fork_of(near, endless())
    other, still_there = fork_of(near, endless(), but=[pid])
    try:
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(GraderError, match="the process that judges ended"):
            lost.hear()
        assert still_there in family()
    finally:
        lost.hang_up()
        other.hang_up()
    assert finished(near[0].judge(job)).status == "met"
