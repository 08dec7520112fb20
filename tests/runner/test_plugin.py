"""`pytest exercises/...` works like plain pytest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def run_pytest(*arguments, cwd=ROOT, env=None):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GRADER_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *map(str, arguments)],
        cwd=cwd,
        # The other devices depend on the machine.
        env=plain | {"GRADER_DEVICE": "cpu"} | (env or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_right_submission_passes(tmp_path):
    """Each property is a test, and pytest-json-report includes its verdict."""
    path = tmp_path / "json.json"
    done = run_pytest(
        "exercises/toeplitz_1d",
        "--submission",
        "submissions/example",
        "--json-report",
        f"--json-report-file={path}",
    )
    assert done.returncode == 0, done.stdout
    assert "11 passed" in done.stdout
    tests = json.loads(path.read_text())["tests"]
    assert [test["metadata"]["property"]["verdict"] for test in tests] == ["met"] * 11


@pytest.mark.slow
def test_k_and_lf(tmp_path):
    """-k selects properties, --lf runs the last failures, and a failure shows a table and the mistake."""
    chosen = ("exercises/toeplitz_1d", "--submission", "submissions/mistakes", "-o", f"cache_dir={tmp_path}")
    first = run_pytest(*chosen, "-k", "values or dtype")
    assert first.returncode == 1
    assert "1 failed, 1 passed, 9 deselected" in first.stdout
    assert "obtained       expected" in first.stdout
    assert " 4*  7* 10*     5   8  11" in first.stdout
    assert "another convention: true convolution." in first.stdout
    again = run_pytest(*chosen, "--lf")
    assert "1 failed" in again.stdout
    assert "passed" not in again.stdout


@pytest.mark.slow
def test_the_submission_may_come_from_the_environment():
    """GRADER_SUBMISSION can replace the option, so that an editor's test button works."""
    done = run_pytest(
        "exercises/toeplitz_1d",
        "-k",
        "shape",
        "-q",
        env={"GRADER_SUBMISSION": str(ROOT / "submissions/example")},
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_a_missing_submission_says_what_to_do():
    """Without a submission, the error shows the command that creates one."""
    done = run_pytest("exercises/toeplitz_1d", "--submission", "nowhere")
    assert done.returncode != 0
    assert "grade start EXERCISE" in done.stdout + done.stderr


@pytest.mark.slow
def test_no_worker_is_left_when_pytest_ends():
    """A plain pytest run stops its zygote at the end."""
    done = run_pytest("exercises/toeplitz_1d", "-k", "shape", "-q", "--submission", "submissions/example")
    assert done.returncode == 0
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=False).stdout
    orphans = [
        line for line in listed.splitlines() if line.split()[0] == "1" and "grader.sandbox.zygote" in line
    ]
    assert orphans == []


def test_outside_a_course_the_plugin_does_nothing(tmp_path):
    """In another project's tests the plugin has no effect, and imports neither torch nor Hypothesis."""
    (tmp_path / "test_other.py").write_text(
        "import sys\n\n\ndef test_nothing():\n    assert 'torch' not in sys.modules\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    done = run_pytest("-q", "-p", "no:hypothesispytest", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("value", [0, -1])
def test_points_are_positive(value):
    """A property's points are positive."""
    from grader import points

    with pytest.raises(ValueError, match="worth more than 0"):
        points(value)
