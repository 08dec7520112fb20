"""Each command for learners ends with what to type next, and needs no name for the exercise at hand."""

import os
import shutil
from pathlib import Path

import pytest

MINI = Path(__file__).resolve().parents[1] / "minicourse"


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(MINI, folder)
    return folder


@pytest.fixture
def grade(run_grade, course):
    """Run a command in the course and return its output. The last line is a separate value."""

    def grade(*arguments, code=0):
        found = run_grade(*arguments, "--course", course)
        assert found.returncode == code, found.stderr
        return found.stdout + found.stderr, (found.stdout + found.stderr).rstrip().splitlines()[-1]

    return grade


def solve(course, name):
    """Write a correct answer to an exercise."""
    folder = course / "submissions/me"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(course / f"reference/{name}/solution.py", folder / f"{name}.py")


def test_without_a_name_the_first_exercise_is_meant(grade, course):
    """In an empty folder, `show` and `hint` are about the exercise to start with, and `start` starts it."""
    assert "Ranks" in grade("show")[0]
    assert grade("hint")[1] == "next: grade hint ranks 2"
    assert grade("hint", "3")[1] == "this was the last hint"
    grade("start")
    assert (course / "submissions/me/ranks.py").exists()
    grade("start")
    assert (course / "submissions/me/inversions.py").exists()


def test_the_exercise_that_was_saved_last_is_the_current_one(grade, course):
    """An older one and a correct one are not."""
    grade("start", "ranks")
    grade("start", "inversions")
    os.utime(course / "submissions/me/inversions.py", (1, 1))
    assert "Ranks" in grade("show")[0]
    solve(course, "ranks")
    grade("run", course / "submissions/me/ranks.py")
    assert "nversions" in grade("show")[0].splitlines()[0]


def test_nothing_left(grade, course):
    """The error says that all is done, and what shows the progress."""
    for name in ("ranks", "inversions"):
        solve(course, name)
    output, _ = grade("start", code=2)
    assert "you have started all exercises" in output
    assert grade("run", course / "submissions/me")[1] == "You have finished all exercises."
    output, _ = grade("show", code=2)
    assert "you have finished all exercises" in output


def test_what_to_do_after_a_run(grade, course):
    """A stub is to be written, a wrong answer to be fixed, and after a correct one comes the next exercise."""
    grade("start", "ranks")
    mine = course / "submissions/me"
    assert grade("run", mine, code=1)[1] == "next: write ranks; the task: grade show ranks"
    wrong = next((course / "reference/ranks/misconceptions").glob("*.py"))
    shutil.copy(wrong, mine / "ranks.py")
    _, last = grade("run", mine, code=1)
    assert last.startswith("next: fix `")
    assert last.endswith("` in ranks; for help: grade hint ranks")
    solve(course, "ranks")
    assert grade("run", mine)[1] == "next: grade start inversions"


def test_after_another_folder_the_own_work_begins(grade, course):
    """A correct run of an example leads to the first exercise."""
    other = course / "other"
    other.mkdir()
    shutil.copy(course / "reference/ranks/solution.py", other / "ranks.py")
    assert grade("run", other)[1] == "next: grade start ranks"
