"""Ctrl-C at any moment ends the run with one word and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from families import bearing

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
# Python ends by the signal itself if the interrupt comes while it executes a string, as for a dataclass.
ENDED = {(130, "stopped\n"), (130, ""), (-signal.SIGINT, ""), (-signal.SIGINT, "stopped\n")}

# Seconds until a command has begun and has something to clean up.
LOADED = 3


@pytest.fixture
def start(tmp_path):
    """Start `grade` with its own temporary folder, which identifies its processes."""

    def start(*command):
        (tmp_path / "tmp").mkdir()
        return subprocess.Popen(
            [sys.executable, "-m", "grader", *map(str, command)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    yield start
    assert list((tmp_path / "tmp").iterdir()) == []
    for _ in range(100):
        if not (left := bearing(str(tmp_path / "tmp"))):
            break
        time.sleep(0.05)
    assert left == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see what is left")
@pytest.mark.parametrize("delay", [0.2, 0.4, 0.7, 1.2, 2.0, 4.0])
@pytest.mark.parametrize("command", [("run", "submissions/example"), ("watch", "submissions/example")])
def test_ctrl_c_leaves_nothing(command, delay, start):
    """An interrupt during start-up or the first verdicts leaves no traceback, process or folder."""
    process = start(*command)
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    if "<frozen site>" in complaint:
        pytest.skip("Python itself was still starting, before the first line of the grader")
    assert (process.returncode, complaint) in ENDED
    if delay > LOADED:
        assert complaint == "stopped\n"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see what is left")
@pytest.mark.parametrize("delay", [0.3, 1.5, None])
def test_ctrl_c_in_a_cohort_says_how_far_it_came(delay, start, tmp_path):
    """An interrupt while torch loads or submissions are graded leaves no process.

    Finished reports are kept.
    """
    folder, out = tmp_path / "handed_in", tmp_path / "out"
    for number in range(20):
        learner = folder / f"learner{number:02}"
        learner.mkdir(parents=True)
        shutil.copy(ROOT / "submissions/example/toeplitz_1d.py", learner)
    process = start("cohort", folder, "--json-dir", out)
    if delay is not None:
        time.sleep(delay)
    else:
        while not [*out.glob("reports/learner*.json")]:
            assert process.poll() is None
            time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) in ENDED
    kept = len([*out.glob("reports/*.json")])
    assert [one.suffix for one in out.rglob("*") if one.is_file()] == [".json"] * kept
    if delay is None:
        assert (
            said.splitlines()[-1]
            == f"{kept} of 20 submissions are done. Run the same command again to resume."
        )
