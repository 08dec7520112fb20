"""Notebooks: the same verdicts as for a file, and the notebook that `grade start` writes."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from notebook_maker import made
from times import TIMES

from grader.learner import notebook_file

ROOT = Path(__file__).resolve().parent.parent.parent
REAL = ROOT / "tests/notebooks"
MISTAKES = ROOT / "submissions/mistakes"


def graded(run_grade, *arguments):
    done = run_grade("run", *arguments, "--json", "-")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def placed_alike(value):
    """Return part of a report without times and locations, which differ for a file and a notebook."""
    if isinstance(value, dict):
        dropped = {*TIMES, "line", "cell"}
        return {name: placed_alike(part) for name, part in value.items() if name not in dropped}
    if isinstance(value, str):
        return re.sub(r"\((cell 2, )?line \d+\)|on line \d+( of cell 2)?\.?$", "(place)", value)
    return [placed_alike(part) for part in value] if isinstance(value, list) else value


@pytest.mark.slow
@pytest.mark.parametrize("name", ["toeplitz_1d", "toeplitz_1d_strided"])
def test_a_notebook_has_the_verdicts_of_its_code(run_grade, tmp_path, name):
    """The same code as a file and as a notebook's second cell gives equal reports except for lines."""
    source = (MISTAKES / f"{name}.py").read_text()
    (tmp_path / f"{name}.ipynb").write_text(made("%matplotlib inline", source, "print('shown')\n"))
    (tmp_path / f"{name}.py").write_text(f"\n{source}\nprint('shown')\n")
    theirs = graded(run_grade, tmp_path / f"{name}.ipynb")
    ours = graded(run_grade, tmp_path / f"{name}.py")
    assert placed_alike(theirs["exercises"]) == placed_alike(ours["exercises"])
    for one, other in zip(*(report["exercises"][0]["properties"] for report in (theirs, ours)), strict=True):
        if one["counterexample"]:
            assert one["counterexample"]["cell"] == 2
            assert one["counterexample"]["line"] == other["counterexample"]["line"] - 1


@pytest.mark.slow
def test_what_jupyter_wrote_is_judged(run_grade):
    """A notebook that ran in Jupyter answers both exercises; a cell that failed there also fails here."""
    report = graded(run_grade, REAL / "executed.ipynb")
    jsonschema.validate(report, json.loads(run_grade("schema").stdout))
    assert [(one["id"], one["status"]) for one in report["exercises"]] == [
        ("toeplitz_1d", "met"),
        ("circulant", "met"),
    ]
    error = report["exercises"][0]["error"]
    assert (error["type"], error["line"], error["cell"], error["other_cells"]) == ("ValueError", 1, 5, [])
    assert (
        report["submission"]["sha256"] == graded(run_grade, REAL / "version3.ipynb")["submission"]["sha256"]
    )


SHOWN = """
toeplitz_1d  The Toeplitz matrix of a 1-D cross-correlation               13/13 points, correct
  ✓ shape  ✓ values  ✓ first_row  ✓ weight_sharing  ✓ locality  ✓ linearity  ✓ dtype  ✓ purity
  ✓ gradient  ✓ domain  ✓ domain_axes
    cell 3: NameError: name 'nosuch' is not defined
    cell 3, line 2:  x = nosuch
    also broken: cells 4, 5

toeplitz_1d_strided  Stride, padding and dilation in the Toeplitz matrix    10/18 points, wrong
  ✗ shape  ○ values  ✓ defaults  ✓ stride  ○ padding  ✓ dilation  ○ weight_sharing  ✓ dtype
  ✓ purity  ✓ gradient  ✓ domain  ✓ domain_arguments
    cell 3: NameError: name 'nosuch' is not defined
    cell 3, line 2:  x = nosuch
    also broken: cells 4, 5

  ✗ shape (0/1)  T has (n + 2p - d(k - 1) - 1) // s + 1 rows, one for each kernel position, and
  n columns.
    build_toeplitz_1d_strided(kernel=[1], n=1, stride=1, padding=1, dilation=1)
    raised IndexError: index 1 is out of bounds for dimension 1 with size 1 (cell 2, line 15)
    cell 2, line 15:  T[i, column] = kernel[j]  # what if the column lies in the padding?

  ○ not tested: values, padding, weight_sharing
    Not tested yet. First fix the IndexError on line 15 of cell 2.

toeplitz_2d  The doubly block Toeplitz matrix of a 2-D cross-correlation     0/17 points, wrong
  ✗ shape  ○ values  ○ first_row  ○ weight_sharing_of_blocks  ○ weight_sharing_in_blocks
  ○ locality  ○ one_row_or_column  ○ separability  ○ dtype  ○ purity  ○ gradient  ○ domain
  ○ domain_axes
    cell 4: SyntaxError: '(' was never closed
    cell 4, line 1:  def build_toeplitz_2d(kernel, height, width:
    also broken: cells 3, 5

  ○ not tested: values, first_row, weight_sharing_of_blocks, weight_sharing_in_blocks,
  locality, one_row_or_column, separability, dtype, purity, gradient, domain, domain_axes
    Not tested yet. First fix what stops `shape`: `build_toeplitz_2d` is not defined: cell 4
    raised SyntaxError on line 1: '(' was never closed

23 of 48 points, 1 of 3 exercises correct
"""


@pytest.mark.slow
def test_what_a_learner_reads(run_grade, tmp_path):
    """Each fault is shown with cell and line, and other broken cells are listed once per exercise."""
    path = tmp_path / "homework.ipynb"
    path.write_text(
        made(
            (ROOT / "submissions/example/toeplitz_1d.py").read_text(),
            (MISTAKES / "toeplitz_1d_strided.py").read_text(),
            "%time\nx = nosuch",
            "def build_toeplitz_2d(kernel, height, width:\n    return 3\n",
            "1 / 0",
        )
    )
    # The results on another device depend on the machine.
    done = run_grade("run", path, "--device", "cpu", env={"COLUMNS": "95"})
    shown = "\n".join(line.rstrip() for line in done.stdout.split("\n"))
    assert shown.partition("\ntested on")[0] + "\n" == SHOWN
    assert done.returncode == 1


def test_start_writes_a_notebook(run_grade, tmp_path):
    """`grade start --notebook` writes a title and the stub, which is judged as not implemented."""
    assert run_grade("start", "toeplitz_1d", "--notebook", "--to", tmp_path).returncode == 0
    path = tmp_path / "toeplitz_1d.ipynb"
    title, answer = json.loads(path.read_text())["cells"]
    stub = (ROOT / "exercises/toeplitz_1d/toeplitz_1d.py").read_text()
    assert "".join(answer["source"]) + "\n" == stub
    assert "`grade run toeplitz_1d.ipynb`" in "".join(title["source"])
    done = run_grade("run", tmp_path)
    assert "not implemented yet: TODO: build the matrix (cell 1, line 14)" in done.stdout


@pytest.mark.parametrize(
    ("first", "second"), [([], ["--notebook"]), (["--notebook"], []), (["--notebook"],) * 2]
)
def test_start_writes_no_second_answer(run_grade, tmp_path, first, second):
    """`grade start` writes nothing if a file or a notebook already exists."""
    assert run_grade("start", "toeplitz_1d", "--to", tmp_path, *first).returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    again = run_grade("start", "toeplitz_1d", "--to", tmp_path, *second)
    assert (again.returncode, "error[already-started]" in again.stderr) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_started_notebook_is_as_jupyter_saves_it(course):
    """For every exercise, nbformat accepts the new notebook and would write the same bytes."""
    nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
    for one in course.exercises.values():
        text = notebook_file.blank(
            one.id, one.title, one.stub.read_text(encoding="utf-8"), f"grade run {one.id}.ipynb"
        )
        found = nbformat.reads(text, as_version=4)
        nbformat.validate(found)
        assert nbformat.writes(found) + "\n" == text


@pytest.fixture
def own_course(tmp_path):
    """A copy of the course with the learner's own folder."""
    root = tmp_path / "course"
    for name in ("exercises", "reference"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "submissions/me").mkdir(parents=True)
    return root


def test_progress_follows_a_notebook(run_grade, own_course):
    """`grade list` shows a notebook as begun, and as met until its code changes; a run in Jupyter has no effect."""
    mine = own_course / "submissions/me/homework.ipynb"
    answer = (ROOT / "submissions/example/toeplitz_1d.py").read_text()
    mine.write_text(made(answer))

    def line():
        shown = run_grade("list", "--course", own_course).stdout.splitlines()
        return next(one.rstrip() for one in shown if " toeplitz_1d " in one), shown[-1]

    begun, following = line()
    assert begun.endswith("not tested yet")
    assert following == "next: grade run submissions/me/homework.ipynb"
    run_grade("run", mine.parent, "--course", own_course)
    mine.write_text(mine.read_text().replace('"execution_count": null', '"execution_count": 3'))
    assert line()[0].endswith("correct")
    assert line()[1].startswith("next: grade start ")
    mine.write_text(made(answer, "x = 1"))
    assert line()[0].endswith("not tested yet")


def test_plain_pytest_takes_a_notebook(tmp_path):
    """`pytest exercises/... --submission a.ipynb` grades the notebook; failures show cell and line."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made("x = 1", (MISTAKES / "toeplitz_1d_strided.py").read_text()))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "exercises/toeplitz_1d_strided",
            "--submission",
            path,
            "-k",
            "shape or dtype",
            "--device",
            "cpu",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert "1 failed, 1 passed" in done.stdout
    assert "(cell 2, line 15)" in done.stdout
    assert "(line " not in done.stdout
