"""The course proves itself."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WITHOUT = {"__pycache__"}


@pytest.mark.slow
def test_the_whole_course_is_proved(run_grade):
    """References and variants pass, stubs fail cleanly, every known mistake is caught and named as itself."""
    done = run_grade("check", "--json", "-", timeout=900)
    report = json.loads(done.stdout)
    assert [complaint for one in report["exercises"] for complaint in one["complaints"]] == []
    assert done.returncode == 0


@pytest.mark.parametrize(
    "exercise", sorted(p.name for p in (ROOT / "exercises").iterdir() if (p / "exercise.toml").exists())
)
def test_an_exercise_is_complete(course, exercise):
    """Statement, hints, stub, properties, reference, at least six known mistakes and three variants."""
    one = course.exercises[exercise]
    assert len(one.hints) >= 3
    assert len(one.misconceptions) >= 6
    assert len(one.variants) >= 3
    assert one.solution.is_file()
    names = {path.name for path in one.folder.iterdir()} - WITHOUT
    assert names == {"README.md", "exercise.toml", f"{exercise}.py", f"test_{exercise}.py"}


def test_reference_and_exercises_are_parallel(course):
    """Every folder of the reference has its exercise."""
    folders = {path.name for path in (ROOT / "reference").iterdir() if path.is_dir()} - WITHOUT
    assert folders == {*course.exercises, "formulas"}
