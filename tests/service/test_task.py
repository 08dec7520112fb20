"""An executor's task grades its submission even if a process is lost."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from families import family

from grader.errors import GraderError
from grader.protocol import ExerciseJob, RunnerFailed
from grader.service import task
from grader.service.task import ATTEMPTS, Finding, Graders, Order, TaskSettings, Unfit
from grader.source_text import SourceText


@pytest.fixture(scope="module")
def bench(course):
    return TaskSettings(
        course=str(course.root),
        course_sha256=course.sha256,
        device="cpu",
        isolation="kernel",
        withheld=(),
        seed=course.settings.seed,
    )


@pytest.fixture(scope="module", autouse=True)
def others():
    """The processes that already existed; these tests start and stop their own graders."""
    there = set(family())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(task, "GRADERS", Graders())
        yield there
        task.GRADERS.close()


@pytest.fixture
def right(root):
    return (root / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")


def order(bench, *sources):
    jobs = [ExerciseJob(exercise="toeplitz_1d", source=SourceText(one, "toeplitz_1d.py")) for one in sources]
    return msgspec.msgpack.encode(Order(bench, jobs))


def finding(content):
    return msgspec.msgpack.decode(content, type=Finding)


@contextlib.contextmanager
def judging(bench, *sources):
    """Grade a submission in a thread that adds its results to the yielded list."""
    found = []
    thread = threading.Thread(target=lambda: found.append(finding(task.judge(order(bench, *sources)))))
    thread.start()
    yield found
    thread.join()


def test_a_survey_tells_of_the_machine(bench):
    """The survey reports the devices and the isolation before anything is graded."""
    found = finding(task.survey(msgspec.msgpack.encode(bench)))
    assert found.results == []
    assert found.opened.isolation.required == "kernel"
    assert found.opened.devices["cpu"] == "judged"


def test_each_job_of_a_submission_has_a_result(bench, right):
    """The results come in the order of the jobs."""
    found = finding(task.judge(order(bench, right, "def build(: pass", right)))
    assert [one.status for one in found.results] == ["met", "not met", "met"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("victim", ["fork", "runner", "zygote"])
def test_a_killed_process_is_not_the_submissions_fault(bench, right, others, victim):
    """If any process is killed, its submissions are graded again, and later submissions work."""
    finding(task.judge(order(bench, right)))
    slow = f"import time\ntime.sleep(0.3)\n{right}"
    near, server = standing(others)
    with judging(bench, slow) as one, judging(bench, slow) as other:
        while not (forks := [pid for pid, parent in family().items() if parent == near]):
            assert not one, "it was judged before it could be disturbed"
        os.kill({"fork": forks[0], "runner": near, "zygote": server}[victim], signal.SIGKILL)
    assert [found[0].results[0].status for found in (one, other)] == ["met", "met"]
    assert finding(task.judge(order(bench, right))).results[0].status == "met"
    assert (standing(others) == (near, server)) is (victim == "fork")


def standing(others):
    """Return the runner and the zygote that are waiting for work."""
    while True:
        ours = {pid: parent for pid, parent in family().items() if pid not in others}
        waiting = set(ours) - set(ours.values())
        time.sleep(0.2)
        # Processes started for a job are about to end.
        if len(waiting) == 1 and waiting <= set(family()) and set(ours) == set(family()) - others:
            near = waiting.pop()
            return near, ours[near]


def test_what_kills_its_judge_each_time_is_given_up(bench, monkeypatch):
    """A submission that crashes the grader on every attempt is reported after a few attempts."""
    attempts = []

    def lost(order, graders):
        attempts.append((order, graders))
        raise task.Lost(GraderError("near-side", found="gone", where="a", expected="b", remedy="c"))

    monkeypatch.setattr(task, "_attempt", lost)
    found = finding(task.judge(order(bench, "x = 1")))
    assert (type(found), found.slug, found.code, len(attempts)) == (RunnerFailed, "near-side", 3, ATTEMPTS)


FIRST_ORDERS = """
import sys, threading
import msgspec
from grader.service import task
from grader.protocol import ExerciseJob
from grader.source_text import SourceText

sys.setswitchinterval(1e-6)
bench = task.TaskSettings("course", "digest", "cpu", "process", (), 1)
order = msgspec.msgpack.encode(task.Order(bench, [ExerciseJob("exercise", SourceText("text", "file"))]))
task._judge = lambda order, graders: task.Judged(None, [])
gate = threading.Barrier(8)
threads = [threading.Thread(target=lambda: (gate.wait(), task.judge(order))) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""


@pytest.mark.slow
def test_several_threads_may_read_the_first_order():
    """Several lanes can read the first order at the same time."""
    codes = [subprocess.run([sys.executable, "-c", FIRST_ORDERS], check=False).returncode for _ in range(12)]
    assert codes == [0] * 12


def test_a_machine_without_the_course_is_unfit(bench, tmp_path):
    """A machine with a missing or different course can't grade any submission."""
    for changes, slug in (
        ({"course": str(tmp_path / "nowhere")}, "course-settings"),
        ({"course_sha256": "0" * 64}, "another-course"),
    ):
        elsewhere = msgspec.structs.replace(bench, **changes)
        for found in (task.survey(msgspec.msgpack.encode(elsewhere)), task.judge(order(elsewhere, "x = 1"))):
            assert isinstance(finding(found), Unfit)
            assert finding(found).failure.slug == slug


def test_closed_graders_start_no_more(bench):
    """No grader starts after the cohort has closed its graders."""
    graders = Graders()
    graders.close()
    with pytest.raises(GraderError):
        graders.get(bench)
