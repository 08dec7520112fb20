"""Test that the code follows the rules of the architecture."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments):
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)


def tool(name):
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed here: pip install -e '.[test]' brings it")
    return str(path)


def test_imports_point_down():
    """No module imports a module from a higher layer.

    No grading module runs in the same process as a submission.
    """
    done = run(tool("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout


def test_ruff_finds_nothing():
    """The code is lint-free."""
    done = run(tool("ruff"), "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_formatted():
    """The code is formatted."""
    done = run(tool("ruff"), "format", "--no-cache", "--check", "grader", "tests", "exercises", "reference")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_types():
    """mypy --strict reports no errors."""
    if find_spec("mypy") is None:
        pytest.skip("mypy is not installed here: pip install -e '.[test]' brings it")
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module", ["grader", "grader.cli", "grader.sandbox.zygote_client", "grader.learner.run"]
)
def test_the_command_line_starts_without_torch(module):
    """Printing help or an error imports no torch, pytest or Hypothesis."""
    code = f"import sys, {module}; print([m for m in ('torch', 'numpy', 'pytest', 'hypothesis') if m in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_the_worker_imports_nothing_that_judges():
    """A worker loads neither pytest nor Hypothesis, and can't import the course."""
    code = (
        "import sys, grader.sandbox.zygote as s; s.warm();"
        "print([m for m in sys.modules if m.partition('.')[0] in ('pytest', '_pytest', 'hypothesis', 'reference')])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_an_editable_install_hides_the_reference():
    """The isolated interpreter finds the grader, but not the reference or the exercises next to it."""
    code = "from importlib.util import find_spec as f; print(bool(f('grader')), f('reference'), f('exercises'), f('tests'))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd="/", capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["True", "None", "None", "None"]
