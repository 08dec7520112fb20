"""`grade show` and `grade hint`: seen hints are remembered, and the solution needs a second request."""

import json
import shutil
from pathlib import Path

import pytest

from grader.source_text import SourceText

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ask(say, own_course):
    """Run a command on a copy of the course."""
    return lambda verb, *others, **how: say(verb, "--course", own_course, *others, **how)


def note(course):
    return json.loads((course / "submissions/me/.grader/seen.json").read_text())


def test_hints_come_one_after_the_other(ask, own_course):
    """Without a number, the next unseen hint is shown, or the last one if all have been seen."""
    first_lines = [ask("hint", "toeplitz_1d").stdout.splitlines()[0] for _ in range(5)]
    assert first_lines == [f"Hint {number} of 4" for number in (1, 2, 3, 4, 4)]
    assert note(own_course) == {"format": 1, "hints": {"toeplitz_1d": 4}, "asked": []}
    assert ask("hint", "im2col").stdout.startswith("Hint 1 of ")


def test_a_number_shows_that_hint(ask):
    """A numbered hint is always shown; the next hint is the one after the highest number seen."""
    assert ask("hint", "toeplitz_1d", "3").stdout.startswith("Hint 3 of 4")
    assert ask("hint", "toeplitz_1d", "1").stdout.startswith("Hint 1 of 4")
    last = ask("hint", "toeplitz_1d").stdout.splitlines()
    assert (last[0], last[-1]) == ("Hint 4 of 4", "this was the last hint")


def test_each_hint_says_how_to_get_the_next(ask):
    """The last line of a hint is the command for the next one."""
    assert ask("hint", "toeplitz_1d").stdout.splitlines()[-1] == "next: grade hint toeplitz_1d 2"


@pytest.mark.parametrize("number", ["0", "5", "-1", "99"])
def test_no_such_hint(ask, number):
    """A number without a hint is an error, and nothing is saved."""
    said = ask("hint", "toeplitz_1d", "--", number)
    assert (said.code, said.stdout) == (2, "")
    assert f"error[no-such-hint]: there is no hint {number}" in said.stderr
    assert ask("hint", "toeplitz_1d").stdout.startswith("Hint 1 of 4")


def test_show_says_how_many_hints_were_seen(ask):
    """The statement ends with the number of hints and how many were seen."""
    assert ask("show", "toeplitz_1d").stdout.splitlines()[-1] == "4 hints: `grade hint toeplitz_1d`"
    ask("hint", "toeplitz_1d", "2")
    assert (
        ask("show", "toeplitz_1d").stdout.splitlines()[-1]
        == "4 hints, you have seen 2: `grade hint toeplitz_1d`"
    )


def test_show_keeps_the_worked_example(ask):
    """The statement includes its worked row and no hints."""
    shown = ask("show", "toeplitz_1d").stdout
    assert "y1 = 1*7 + 0*2 - 1*8 = -1" in shown
    assert "How many places are there" not in shown


@pytest.mark.parametrize("content", ["", "{", '{"format": 2}', '{"format": 1, "hints": []}', "[]"])
def test_a_broken_note_counts_for_nothing(ask, own_course, content):
    """An unreadable note counts as empty and is rewritten."""
    folder = own_course / "submissions/me/.grader"
    folder.mkdir()
    (folder / "seen.json").write_text(content)
    assert ask("hint", "toeplitz_1d").stdout.startswith("Hint 1 of 4")
    assert note(own_course)["hints"] == {"toeplitz_1d": 1}


def test_hints_are_shown_where_nothing_can_be_noted(ask, own_course):
    """A hint is shown even if the fact that it was seen can't be saved."""
    (own_course / "submissions/me/.grader").write_text("no folder")
    for _ in range(2):
        said = ask("hint", "toeplitz_1d")
        assert (said.code, said.stdout.splitlines()[0]) == (0, "Hint 1 of 4")


def test_a_solution_is_shown_when_it_is_asked_for_twice(ask, own_course):
    """The first request says that the exercise isn't met and how to see the solution; the second shows it."""
    solution = (own_course / "reference/toeplitz_1d/solution.py").read_text()
    first = ask("show", "toeplitz_1d", "--solution")
    assert first.code == 1
    assert first.stdout.splitlines() == [
        "toeplitz_1d is not correct yet.",
        "`grade hint toeplitz_1d` shows a hint. To see the solution now, run this command again.",
    ]
    assert note(own_course)["asked"] == ["toeplitz_1d"]
    again = ask("show", "toeplitz_1d", "--solution")
    assert (again.code, again.stdout) == (0, f"# reference/toeplitz_1d/solution.py\n{solution}")
    assert ask("show", "im2col", "--solution").code == 1


def met(course, name, status="met"):
    """Write one of the example's answers and the note that a run would write about it."""
    from grader.learner.state.progress import _digest
    from grader.submission.discovery import SubmittedFile

    mine = course / "submissions/me"
    shutil.copy(ROOT / f"submissions/example/{name}.py", mine)
    reached = {
        "sha256": _digest(SubmittedFile(name, SourceText((mine / f"{name}.py").read_text(), f"{name}.py"))),
        "status": status,
        "score": 13,
        "max_score": 13,
    }
    (mine / ".grader").mkdir()
    (mine / ".grader/progress.json").write_text(json.dumps({"format": 1, "exercises": {name: reached}}))


def test_a_solution_is_shown_once_the_exercise_is_met(ask, own_course):
    """A learner who has met the exercise doesn't have to ask twice, until the answer changes."""
    met(own_course, "toeplitz_1d")
    shown = ask("show", "toeplitz_1d", "--solution")
    assert (shown.code, shown.stdout.splitlines()[0]) == (0, "# reference/toeplitz_1d/solution.py")
    with (own_course / "submissions/me/toeplitz_1d.py").open("a") as file:
        file.write("# changed\n")
    assert ask("show", "toeplitz_1d", "--solution").code == 1


def test_what_is_not_met_keeps_its_solution(ask, own_course):
    """The first request shows the solution only if the verdict is met."""
    met(own_course, "toeplitz_1d", status="not met")
    assert ask("show", "toeplitz_1d", "--solution").code == 1


def test_a_learners_copy_holds_no_solution(ask, own_course):
    """Without the reference, every request ends in an error with the reason."""
    shutil.rmtree(own_course / "reference")
    for _ in range(2):
        said = ask("show", "toeplitz_1d", "--solution")
        assert (said.code, said.stdout) == (2, "")
        assert "error[no-solution]: this copy of the course has no solution of `toeplitz_1d`" in said.stderr


def test_a_question_that_cannot_be_noted_is_an_error(ask, own_course):
    """If the request can't be saved, the error message reports this."""
    (own_course / "submissions/me/.grader").write_text("no folder")
    said = ask("show", "toeplitz_1d", "--solution")
    assert (said.code, said.stdout) == (3, "")
    assert "error[unwritable-folder]: your request can't be saved" in said.stderr
