"""Ctrl-C at any moment: the run ends, says so in one word, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def descendants(marker):
    """The processes that carry a run's own temporary folder in their environment."""
    found = []
    for one in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in one.read_bytes():
                found.append(int(one.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see what is left")
@pytest.mark.parametrize("delay", [0.2, 0.4, 0.7, 1.2, 2.0, 4.0])
@pytest.mark.parametrize("command", [("run", "submissions/example"), ("watch", "submissions/example")])
def test_ctrl_c_leaves_nothing(command, delay, tmp_path):
    """Wherever it comes - imports, torch, the first verdicts - no traceback, no process, no folder is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", *command],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) in {(130, "stopped\n"), (130, ""), (-signal.SIGINT, "")}
    assert list(tmp_path.iterdir()) == []
    for _ in range(100):
        if not (left := descendants(str(tmp_path))):
            break
        time.sleep(0.05)
    assert left == []
