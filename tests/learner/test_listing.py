"""`grade list`: order, time, difficulty, the learner's progress, and the page made from it."""

import json
import shutil
from pathlib import Path

import pytest

from grader.learner.state.progress import whole

ROOT = Path(__file__).resolve().parents[2]


def line(text, name):
    return next(one.rstrip() for one in text.splitlines() if f" {name} " in one)


def test_chapters_come_in_their_order_with_time_and_difficulty(run_grade, course):
    """Each chapter shows its title and time, and each exercise its difficulty and minutes."""
    shown = run_grade("list", env={"COLUMNS": "75"}).stdout
    places = [shown.index(f" {name} ") for name in course.exercises]
    assert places == sorted(places)
    assert "1. One dimension" in shown
    assert line(shown, "toeplitz_1d").split()[1:] == ["●○○○○", "20", "min"]


@pytest.mark.slow
def test_progress_is_what_the_last_run_found(run_grade, own_course):
    """The list shows each current file as correct, as begun, or with its points so far."""
    mine = own_course / "submissions/me"
    shutil.copy(ROOT / "submissions/example/toeplitz_1d.py", mine)
    shutil.copy(ROOT / "submissions/mistakes/toeplitz_2d.py", mine)
    run_grade("run", mine, "--course", own_course, "--device", "cpu")
    shutil.copy(ROOT / "submissions/example/fft_convolution.py", mine)
    shown = run_grade("list", "--course", own_course).stdout
    assert "1 of " in shown.splitlines()[1]
    assert "29 of " in shown.splitlines()[1]
    assert line(shown, "toeplitz_1d").endswith("correct")
    assert line(shown, "toeplitz_2d").endswith("16 of 17 points")
    assert line(shown, "fft_convolution").endswith("not tested yet")
    assert "next: grade run submissions/me/" in shown
    with (mine / "toeplitz_1d.py").open("a") as file:
        file.write("\n# changed\n")
    assert line(run_grade("list", "--course", own_course).stdout, "toeplitz_1d").endswith("not tested yet")


@pytest.mark.parametrize(
    ("judged", "worth"), [({}, 14), ({"toeplitz_1d": 14.0}, 14), ({"toeplitz_1d": 13.0}, 13)]
)
def test_the_whole_is_what_was_judged(course, judged, worth):
    """Before a run, the total includes another device's points; afterwards, only if it was judged."""
    others = sum(course.points(one) for one in course.exercises.values() if one.id != "toeplitz_1d")
    assert whole(course, judged) == others + worth


def test_what_this_machine_could_not_judge_is_missed(course):
    """The total includes at least an exercise's own points, even if some weren't judged here."""
    assert whole(course, {"toeplitz_1d": 5.0}) == whole(course, {"toeplitz_1d": 13.0})


@pytest.mark.slow
def test_somebody_elses_folder_is_left_alone(run_grade, own_course, tmp_path):
    """Progress is recorded only in the learner's own folder: in CI a link could lead anywhere."""
    other = tmp_path / "ada"
    other.mkdir()
    shutil.copy(ROOT / "submissions/example/toeplitz_1d.py", other)
    run_grade("run", other, "--course", own_course)
    assert [path.name for path in other.iterdir()] == ["toeplitz_1d.py"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "content", ["", "{", '{"format": 2, "exercises": {}}', '{"format": 1, "exercises": []}']
)
def test_a_broken_note_is_no_progress(run_grade, own_course, content):
    """An unreadable note counts as empty, and the next run rewrites it."""
    mine = own_course / "submissions/me"
    shutil.copy(ROOT / "submissions/example/toeplitz_1d.py", mine)
    (mine / ".grader").mkdir()
    note = mine / ".grader/progress.json"
    note.write_text(content)
    assert run_grade("list", "--course", own_course).stdout.splitlines()[1].startswith("0 of ")
    if not content:
        run_grade("run", mine, "--course", own_course)
        assert json.loads(note.read_text())["exercises"]["toeplitz_1d"]["status"] == "met"


def test_the_page_of_the_exercises_is_true():
    """exercises/README.md is the output of `grade list --markdown`: rewrite it with that command."""
    from grader.course import load_course
    from grader.reports import course_list

    assert (ROOT / "exercises/README.md").read_text() == course_list.markdown(load_course(ROOT))


def test_a_narrow_plain_terminal(run_grade):
    """A plain terminal gets ASCII marks."""
    shown = run_grade("list", env={"PYTHONIOENCODING": "ascii", "COLUMNS": "60"}).stdout
    assert shown.isascii()
    assert "*...." in shown


def test_a_very_narrow_terminal_shows_how_far_one_is(own_course, say):
    """Below 60 columns, difficulty and time are left out, but names and progress stay."""
    mine = own_course / "submissions/me"
    (mine / "toeplitz_1d.py").write_text("x = 1\n")
    shown = say("list", "--course", own_course, width=48).stdout
    assert line(shown, "toeplitz_1d").split() == ["·", "toeplitz_1d", "not", "tested", "yet"]
    assert "20 min" not in "".join(one for one in shown.splitlines() if "toeplitz_1d" in one)
    assert max(map(len, map(str.rstrip, shown.splitlines()[3:-2]))) <= 48


def test_titles_have_room_at_80_columns(run_grade):
    """At 80 columns, the titles are shown instead of the time, and the progress is never cut."""
    shown = run_grade("list", env={"COLUMNS": "80"}).stdout
    assert "Translation equivariance" in shown
    assert "A bias in the matrix" in shown
    assert all(len(one) <= 80 for one in shown.splitlines())
