"""A cohort with real grading: each report equals that of `grade run` on the submission alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from times import timeless_text

# A cohort's report names the learner.
LEARNER = re.compile(rb'"learner": (null|"[^"]*")')
CHEAP = "toeplitz_1d"


def timeless(content):
    return LEARNER.sub(b"", timeless_text(content))


@pytest.fixture
def folder(tmp_path, root):
    """Correct, wrong, broken, endless and hostile submissions, as folders, a file and a notebook."""
    place = tmp_path / "handed_in"
    right = (root / f"submissions/example/{CHEAP}.py").read_text(encoding="utf-8")
    texts = {
        b"right": right,
        b"caf\xe9": right,
        b"wrong": (root / f"reference/{CHEAP}/misconceptions/flipped_kernel.py").read_text(encoding="utf-8"),
        b"broken": "def build_toeplitz_1d(:\n",
        b"warns": f"import warnings\n\nwarnings.warn(__file__)\n{right}",
        b"endless": f"{right}\n\nwhile True:\n    pass\n",
        b"hostile": (root / "tests/hostile/kills_its_parent.py").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        learner = place / os.fsdecode(name)
        learner.mkdir(parents=True)
        (learner / f"{CHEAP}.py").write_text(text, encoding="utf-8")
    (place / "alone.py").write_text(right, encoding="utf-8")
    cell = {"cell_type": "code", "source": right, "metadata": {}, "outputs": [], "execution_count": None}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (place / "book.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return place


@pytest.mark.nightly
def test_each_is_judged_as_it_would_be_alone(run_process, folder, tmp_path):
    """Parallel forks of one runner and separate runs with the same seed give the same bytes."""
    out = tmp_path / "out"
    done = run_process("cohort", folder, "--json-dir", out)
    assert (done.returncode, done.stderr) == (1, "")
    summary = json.loads((out / "summary.json").read_bytes())
    assert [row["trouble"] for row in summary["submissions"]] == [None] * 9
    for path in folder.iterdir():
        options = ("--require-isolation", "kernel", "--seed", summary["seed"])
        alone = run_process("run", path, *options, "--json", tmp_path / "alone.json")
        assert alone.returncode in (0, 1), alone.stderr
        (report,) = (
            row["report"]
            for row in summary["submissions"]
            if row["name"] == path.name.replace("\udce9", "\ufffd")
        )
        assert timeless((out / report).read_bytes()) == timeless((tmp_path / "alone.json").read_bytes())


@pytest.mark.slow
def test_a_broken_exercise_stops_no_other(run_process, own_course):
    """Submissions that answer a broken exercise get no report, all others do, and the exit code is 3."""
    folder = own_course / "handed_in"
    for name, exercise in (("ada", CHEAP), ("bob", "toeplitz_full"), ("kim", CHEAP)):
        (folder / name).mkdir(parents=True)
        shutil.copy(own_course / f"reference/{exercise}/solution.py", folder / name / f"{exercise}.py")
    tests = own_course / "exercises/toeplitz_full/test_toeplitz_full.py"
    with tests.open("a", encoding="utf-8") as file:
        # All properties are defined by then: a partial read of the file would still judge by them.
        file.write("\n\nimport nothing_of_that_name\n")
    done = run_process("cohort", "handed_in", cwd=own_course)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "bob: E   ModuleNotFoundError: No module named 'nothing_of_that_name'" in done.stdout
    assert sorted(one.name for one in (own_course / "handed_in-reports/reports").iterdir()) == [
        "ada.json",
        "kim.json",
    ]


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see what is left")
def test_a_cohort_that_is_killed_three_times_loses_nothing(root):
    """A cohort killed three times equals an uninterrupted one and single runs, even for hostile code."""
    done = subprocess.run(
        [sys.executable, root / "tests/benchmarks/cohort.py"],
        env={**os.environ, "N": "20", "SAMPLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("no difference\n")
