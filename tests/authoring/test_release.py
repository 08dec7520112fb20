"""`grade release`: the learners' copy marks properties that it can't test and has no solutions."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from grader.authoring import release
from grader.course import Course
from grader.course_settings import CourseSettings

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = '''
import pytest
from hypothesis import given
from grader import close, exactly, points, submitted
from grader.strategies import (
    kernels,
    signals,
)
from reference.oracles import doubled, halved

double = submitted("double")


@points(1)
@given(x=signals())
def test_shape(double, x):
    """2 x is as long as x."""
    assert double(x).shape == x.shape


@points(2, hidden=True)
@given(x=kernels())
def test_secret(double, x):
    """Nobody should know this sentence."""
    assert halved(double(x)) == exactly(x)


@points(1)
@given(x=signals())
def test_values(double, x):
    """Every entry is twice as large."""
    assert double(x) == close(doubled(x))
'''


def small(root):
    """A course with one exercise and a hidden property."""
    files = {
        "pyproject.toml": "[tool.grader]\ntitle = 'Small'\n",
        "exercises/double/exercise.toml": 'format = 1\ntitle = "Double"\nchapter = 1\nminutes = 1\ndifficulty = 1\n\n[[equivalent]]\nmutant = "`2` -> `two`"\nreason = "secret"\n',
        "exercises/double/README.md": "# Double\n\n`double(x)` is $2 x$.\n\n## Hints\n\n1. a\n",
        "exercises/double/double.py": 'def double(x: Tensor) -> Tensor:\n    raise NotImplementedError("TODO")\n',
        "exercises/double/test_double.py": HIDDEN,
        "reference/double/solution.py": "def double(x):\n    return 2 * x  # the reference's own line\n",
        "reference/oracles.py": "def doubled(x):\n    return x + x\n\n\ndef halved(x):\n    return x / 2\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def released(tmp_path, run_grade):
    """The release of the small course."""
    course, out = small(tmp_path / "course"), tmp_path / "learners"
    done = run_grade("release", out, cwd=course)
    assert done.returncode == 0, done.stderr
    return out


def test_a_copy_keeps_the_settings():
    """The copy keeps every course setting, so the same answer gets the same score."""
    settings = CourseSettings(title='A "title"', chapters=("One",), seed=7, device_points=0.25, site="there")
    text = release.project(Course(ROOT, settings, {}), exercises=settings.exercises)
    assert msgspec.convert(tomllib.loads(text)["tool"]["grader"], CourseSettings) == settings


@pytest.mark.slow
def test_nothing_hidden_is_handed_out(released):
    """The copy has no hidden property, no import that only it used, no reference and no mutants."""
    everything = texts(released)
    properties = everything["exercises/double/test_double.py"]
    assert "test_secret" not in properties
    assert "Nobody should know" not in properties
    names = [
        one.name
        for node in ast.walk(ast.parse(properties))
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    ]
    assert names == ["given", "close", "points", "submitted", "signals", "doubled"]
    assert "test_values" in properties
    assert "equivalent" not in everything["exercises/double/exercise.toml"]
    assert not any(
        "the reference's own line" in text or "return x + x" in text for text in everything.values()
    )
    assert {name.partition("/")[0] for name in everything} == {
        ".gitignore", "README.md", "exercises", "grader", "pyproject.toml", "reference",
    }  # fmt: skip


@pytest.mark.slow
def test_a_learner_there_is_judged_by_what_is_public(released, run_grade):
    """A property that needs the reference is reported as not judged and never counts as passed."""
    mine = released / "submissions/me"
    mine.mkdir(parents=True)
    (mine / "double.py").write_text("def double(x):\n    return 2 * x\n")
    done = run_grade("run", mine, "--json", "-", cwd=released)
    report = json.loads(done.stdout)
    devices = sum(state == "judged" for state in report["devices"].values())
    found = [
        (one["id"], one["verdict"], one["points"], one["max_points"])
        for one in report["exercises"][0]["properties"]
    ]
    first = [("shape", "met", 1.0, 1.0), ("values", "not judged", 0.0, 0.0)]
    other = [
        ("shape", "met", 0.0, 0.0),
        ("values", "not judged", 0.0, 0.0),
        ("device", "not judged", 0.0, 0.0),
    ]
    assert found == first + other * (devices - 1)
    assert report["exercises"][0]["status"] == "not judged"
    assert (report["score"], report["max_score"], done.returncode) == (1.0, 1.0, 1)
    assert "not tested here: `doubled` belongs to the reference solution" in done.stderr
    page = released / "report.html"
    assert run_grade("run", mine, "--html", page, cwd=released).returncode == 1
    assert "not tested" in page.read_text()
    listed = run_grade("list", cwd=released).stdout
    assert "○ double" in listed
    assert "You have finished all exercises." in listed
    (mine / "double.py").write_text("def double(x):\n    return x[1:]\n")
    wrong = json.loads(run_grade("run", mine, "--json", "-", cwd=released).stdout)
    assert wrong["exercises"][0]["properties"][0]["verdict"] == "not met"


def test_pages_are_written_there(released, tmp_path):
    """The copy includes the page sources, so `--html` and `grade site` work there."""
    # The learner's copy is first on `sys.path`, as if it were installed there.
    code = "from grader.__main__ import main; import grader, sys; assert sys.argv.pop() in grader.__file__; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "site", str(tmp_path / "site"), str(released)],
        cwd=released,
        env={**os.environ, "PYTHONPATH": str(released)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Double" in (tmp_path / "site/exercises/double.html").read_text(encoding="utf-8")
    assert (released / "grader/reports/templates/report.html").is_file()


def test_nothing_to_check_there(released, run_grade):
    """In a learners' copy, `grade check` reports that there is no reference."""
    done = run_grade("check", cwd=released)
    assert done.returncode == 1
    assert "reference/double/solution.py: no such file" in done.stdout or "no-reference" in done.stderr


def test_a_public_twin_takes_the_place_of_an_oracle(tmp_path, run_grade):
    """If an oracle has a public replacement, the learners' copy can also test `values`."""
    course = small(tmp_path / "course")
    (course / "reference/public").mkdir()
    (course / "reference/public/oracles.py").write_text("def doubled(x):\n    return x * 2\n")
    out = tmp_path / "learners"
    assert run_grade("release", out, cwd=course).returncode == 0
    (out / "answer.py").write_text("def double(x):\n    return 2 * x\n")
    report = json.loads(run_grade("run", out / "answer.py", "--json", "-", cwd=out).stdout)
    assert report["exercises"][0]["status"] == "met"


def test_what_cannot_be_judged_without_the_reference_is_refused(tmp_path, run_grade):
    """Nothing is written if the properties use a constant from the reference at import time."""
    course = small(tmp_path / "course")
    tests = course / "exercises/double/test_double.py"
    tests.write_text(
        tests.read_text().replace("double = submitted", "LARGEST = 2 + doubled\ndouble = submitted")
    )
    done = run_grade("release", tmp_path / "learners", cwd=course)
    assert done.returncode == 3
    assert "error[release-properties]: `double` can't be graded without the reference" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_folder_that_is_there_is_left_alone(tmp_path, run_grade):
    """An existing folder is not overwritten."""
    course = small(tmp_path / "course")
    (tmp_path / "there").mkdir()
    (tmp_path / "there/file").write_text("kept")
    done = run_grade("release", tmp_path / "there", cwd=course)
    assert done.returncode == 2
    assert "error[release-exists]" in done.stderr
    assert (tmp_path / "there/file").read_text() == "kept"


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [slice(1, None, 4), pytest.param(slice(None), marks=pytest.mark.nightly)])
def test_the_courses_release_holds_no_line_of_the_reference(tmp_path, run_grade, chosen):
    """No line of the reference tree occurs in any file of the release, except trivial ones.

    The release also grades answers: a quarter of them on each change, and all of them nightly.
    """
    out = tmp_path / "learners"
    done = run_grade("release", out)
    assert done.returncode == 0, done.stderr
    handed = {
        line.strip()
        for path in (ROOT / "exercises").rglob("*")
        if path.suffix in {".py", ".md", ".ipynb"}
        for line in path.read_text().splitlines()
    }
    handed |= {
        line.strip() for path in (ROOT / "grader").rglob("*.py") for line in path.read_text().splitlines()
    }
    handed |= {
        line.strip()
        for path in (ROOT / "reference/public").glob("*.py")
        for line in path.read_text().splitlines()
    }
    secret = {
        line.strip()
        for path in (ROOT / "reference").rglob("*.py")
        if "public" not in path.parts
        for line in path.read_text().splitlines()
        if len(line.strip()) > 20
    } - handed
    assert len(secret) > 2000
    for name, text in texts(out).items():
        found = secret & {line.strip() for line in text.splitlines()}
        assert not found, (name, found)
    answers = sorted((ROOT / "submissions/example").glob("*.py"))
    assert len(answers) == 28
    answers = answers[chosen]
    (out / "submissions/me").mkdir(parents=True)
    for path in answers:
        shutil.copy(path, out / "submissions/me")
    report = json.loads(run_grade("run", out / "submissions/me", "--json", "-", cwd=out).stdout)
    properties = [one for exercise in report["exercises"] for one in exercise["properties"]]
    assert len(report["exercises"]) == len(answers) >= 7
    assert {one["verdict"] for one in properties} == {"met", "not judged"}
    assert all("not tested here" in one["reason"] for one in properties if one["verdict"] == "not judged")
    met = sum(one["verdict"] == "met" for one in properties)
    assert met / len(properties) > 0.7
