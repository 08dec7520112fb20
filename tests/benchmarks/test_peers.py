"""The side-by-side benchmark: all tools get the same cases, a wrong answer gets no points, and every process counts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import peers
from benchmarks.beside import exercise, harnesses, venvs
from benchmarks.beside.harnesses import Place
from benchmarks.beside.trials import METER, Trial, Unfit

# Each call prints its input. The grader and Hypothesis must give the stored cases in the stored order.
SAYS = """

silent = build_toeplitz_1d


def build_toeplitz_1d(kernel, n):
    print("asked", len(kernel), int(kernel.sum()), n)
    return silent(kernel, n)
"""
LEAVES_A_CHILD_BEHIND = """
import subprocess, sys
spin = "import time\\nwhile time.process_time() < 0.4: pass"
subprocess.Popen([sys.executable, "-c", spin], start_new_session=True)
"""
HOLDS_MEMORY = """
import subprocess, sys
hold = "import time\\nheld = bytearray(96 << 20)\\nheld[::4096] = b'1' * (96 << 8)\\ntime.sleep(1.5)"
subprocess.run([sys.executable, "-c", hold])
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("peers") / "shared"
    exercise.write_shared(folder)
    return folder


def trials(label, shared, folder, answer):
    """Return the results of a peer's harness for an answer. Skip if the peer isn't installed."""
    tool, python = peers.PEERS[label], Path(sys.executable)
    if tool.requirement:
        if "PEERS_CACHE" not in os.environ:
            pytest.skip("PEERS_CACHE names no folder of installed peers")
        python = venvs.python_of(Path(os.environ["PEERS_CACHE"]), tool.requirement)
        if python is None:
            pytest.skip(f"{tool.requirement} is not installed in {os.environ['PEERS_CACHE']}")
    return tool.harness(Place(folder, shared, answer, python))


def asked(said):
    return [line for line in said.splitlines() if line.startswith("asked ")]


def stored(shared):
    cases = json.loads((shared / "cases.json").read_text())
    return [f"asked {len(case['kernel'])} {sum(case['kernel']):.0f} {len(case['x'])}" for case in cases]


def test_drawn_twice(shared):
    """Drawing the cases twice gives the same 100 cases."""
    cases = json.loads((shared / "cases.json").read_text())
    assert len(cases) == exercise.CASES
    assert cases == exercise.draw()


def test_the_grader_asks_the_stored_cases(shared, tmp_path):
    """`grade run` uses the peers' cases in the same order, and gives all points to a correct answer."""
    trial = harnesses.this_grader(Place(tmp_path, shared, exercise.RIGHT + SAYS))[1]
    trial.taken("cpu", [1.0])
    report = json.loads((tmp_path / "report.json").read_text())
    assert asked(report["exercises"][0]["stdout"]) == stored(shared)
    assert "landlock" in report["isolation"]["active"]


@pytest.mark.slow
def test_hypothesis_draws_the_stored_cases(shared, tmp_path):
    """pytest and Hypothesis draw the same cases as the other peers, in the same order."""
    trial = trials("pytest + Hypothesis", shared, tmp_path, exercise.RIGHT + SAYS)[1]
    assert asked(trial.output_of([*trial.command, "-s"])) == stored(shared)


@pytest.mark.slow
@pytest.mark.parametrize("label", ["plain script", "pytest + Hypothesis", "gradescope-utils", "check50"])
def test_a_peer_scores(label, shared, tmp_path):
    """A peer gives all points to a correct answer and none to a wrong one."""
    for name, answer, share in (("right", exercise.RIGHT, 1.0), ("wrong", exercise.WRONG, 0.0)):
        assert trials(label, shared, tmp_path / name, answer)[1].taken("cpu", [share]) > 0


@pytest.mark.nightly
@pytest.mark.parametrize("label", ["otter-grader", "nbgrader"])
def test_a_slow_peer_scores(label, shared, tmp_path):
    """A peer that starts kernels gives all points to a correct answer and none to a wrong one."""
    test_a_peer_scores(label, shared, tmp_path)


@pytest.mark.slow
def test_a_cohort_scores(shared, tmp_path):
    """Each submission of a cohort is graded and gets the same points as when graded alone."""
    for name, answer, share in (("right", exercise.RIGHT, 1.0), ("wrong", exercise.WRONG, 0.0)):
        cohort = harnesses.this_grader(Place(tmp_path / name, shared, answer))[20]
        assert cohort.taken("cpu", [share] * 20) > 0


@pytest.mark.slow
def test_an_unwanted_score(shared, tmp_path):
    """A tool with a wrong score is not measured."""
    trial = trials("plain script", shared, tmp_path, exercise.WRONG)[1]
    with pytest.raises(Unfit, match=r"scored \[0.0\] instead of \[1.0\]: score: 0, AssertionError"):
        trial.taken("cpu", [1.0])


def test_a_score_of_the_run_before(tmp_path):
    """If a run writes no scores, the scores of the previous run aren't used for it."""
    (tmp_path / "results.json").write_text("1")
    trial = Trial([sys.executable, "-c", "print('gone')"], tmp_path, lambda _: [1.0], "results.json")
    with pytest.raises(Unfit, match=r"left no results.json: gone"):
        trial.taken("cpu", [1.0])


def meter(what, script, folder):
    result = folder / "taken.json"
    command = [sys.executable, str(METER), what, str(result), sys.executable, "-c", script]
    subprocess.run(command, check=True)
    return json.loads(result.read_text())


def test_what_is_left_behind_is_counted(tmp_path):
    """The CPU seconds of a process that a command leaves in another session are also counted."""
    assert meter("cpu", LEAVES_A_CHILD_BEHIND, tmp_path) >= 0.4


def test_memory_of_children_is_counted(tmp_path):
    """The memory of a command includes all its processes."""
    assert meter("memory", HOLDS_MEMORY, tmp_path) >= 96


@pytest.mark.nightly
def test_a_peer_that_can_not_be_installed(tmp_path, monkeypatch):
    """A peer that pip can't install is listed with pip's error, and doesn't count as installed."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(
        Unfit, match=r"could not be installed: ERROR: No matching distribution found for no-peer"
    ):
        venvs.install(tmp_path, "no-peer>=1")
    assert venvs.python_of(tmp_path, "no-peer>=1") is None


def test_table():
    """The table shows each cost, its ratios to this grader and the fastest peer, and the missing peers."""
    ours = peers.Entrant(peers.OURS, dict.fromkeys((1, 20, 60)))
    ours.seconds = {1: [2.0, 9.0, 2.5], 20: [5.0, 6.0, 5.0], 60: [9.0, 10.0, 13.0]}
    ours.mebibytes = {1: 250.0, 20: 300.0, 60: 310.0}
    script = peers.Entrant("plain script", {1: None}, seconds={1: [1.5]}, mebibytes={1: 180.0})
    assert list(peers.table([ours, script], {"check50": "no network"})) == [
        "                               CPU s       CPU s  times this     times the  most MiB     most MiB",
        "                               alone in a cohort      grader  fastest peer     alone  in a cohort",
        "this grader                     2.50       0.100        1.00          0.07       250          310",
        "plain script                    1.50       1.500       15.00          1.00       180          180",
        "check50                     left out: no network",
        "in a cohort 0.100 CPU s a submission (bar: at most 0.2)",
        "the fastest peer takes 15.0 times as much (bar: at least 10)",
    ]
