"""Test a different kind of course: its own folder and subject, and NumPy arrays, not tensors."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def minicourse(tmp_path):
    """A copy of the course in a folder where only its own [tool.grader] applies."""
    folder = tmp_path / "minicourse"
    shutil.copytree(
        ROOT / "tests/minicourse", folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis")
    )
    return folder


def paragraph(text, title):
    """Return a report's text about one property, up to the next empty line."""
    return next(one for one in text.split("\n\n") if f"✗ {title} (" in one)


@pytest.mark.slow
def test_it_proves_itself(run_grade, minicourse):
    """Correct solutions pass, and each known mistake is caught and named."""
    shown = run_grade("check", cwd=minicourse)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "proved: 11 known mistakes caught and named" in shown.stdout
    assert "proved: 10 known mistakes caught and named" in shown.stdout


def test_right_answers_have_full_marks(run_grade, minicourse):
    """Answers that don't come from the course meet every property, even for half a million values."""
    shown = run_grade("run", "submissions/right", cwd=minicourse)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "22 of 22 points, 2 of 2 exercises correct" in shown.stdout


def test_wrong_answers_are_named(run_grade, minicourse):
    """Each wrong answer is reported with its mistake and still earns points for the properties that it meets."""
    shown = run_grade("run", "submissions/wrong", cwd=minicourse)
    assert shown.returncode == 1, shown.stdout + shown.stderr
    ranks, inversions = (one for one in shown.stdout.split("\n\n") if "✗ values (" in one)
    assert "Known mistake: sorted only once." in ranks
    assert "also wrong for this reason: order_alone, ties, reversal" in ranks
    assert "Known mistake: neighbours only." in inversions
    assert "also wrong for this reason: scale, rotation, reversal" in inversions
    assert "8 of 22 points, 0 of 2 exercises correct" in shown.stdout


@pytest.mark.slow
def test_pair_by_pair_takes_too_long(run_grade, minicourse):
    """An answer that compares all pairs fails only `scale`, although NumPy compares a row at a time."""
    shown = run_grade("run", "submissions/slow", "--exercise", "inversions", cwd=minicourse)
    assert shown.returncode == 1, shown.stdout + shown.stderr
    assert "did not finish within 10 s" in paragraph(shown.stdout, "scale")
    assert shown.stdout.count("✗") == 2, "once in the row of marks, once above its paragraph"


def test_both_exercises_are_listed(run_grade, minicourse):
    """The list uses the chapter from the settings, and shows the ranks before the inversions."""
    shown = run_grade("list", cwd=minicourse)
    assert shown.returncode == 0, shown.stderr
    assert "Ranks and order" in shown.stdout
    assert "1. Order" in shown.stdout
    assert shown.stdout.index(" ranks ") < shown.stdout.index(" inversions ")
