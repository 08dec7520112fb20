"""Test the watch controller without a screen: grading order and recovery from a lost grader."""

import os
import shutil
from pathlib import Path

import pytest

from grader.course import load_course
from grader.errors import GraderError
from grader.learner import watch_controller as desks
from grader.learner.state import progress
from grader.learner.watch_controller import WatchController
from grader.learner.workspace import Answers
from grader.protocol import RunnerFinished, RunnerFound
from grader.report_model import ExerciseResult, Property
from grader.service.runner_connection import RunOptions, runner_lost

MINI = Path(__file__).resolve().parent.parent / "minicourse"
RIGHT, WRONG = "def ranks(values):\n    return values\n", "def ranks(values):\n    return None\n"
REFUSED = GraderError("isolation", found="a", where="b", expected="c", remedy="d")


def ruled(verdict="met", reason=None):
    return Property("shape", "says", "cpu", verdict, None, reason, 1.0, 1.0, 0.0)


class Verdicts:
    """The messages of one job, in order; an exception among them is raised."""

    def __init__(self, messages):
        self.messages = list(messages)
        self.hung_up = False

    def hear(self):
        message = self.messages.pop(0)
        if isinstance(message, Exception):
            raise message
        return message

    def hang_up(self):
        self.hung_up = True


class Graders:
    """Stand-in for WarmGrader: `answer` gives the reply to each job, and loaded graders are counted."""

    def __init__(self):
        self.loaded = 0
        self.closed = 0
        self.refuses = None
        self.jobs = []
        self.answer = lambda job: [
            RunnerFinished(ExerciseResult(job.exercise, "t", "met", 7.0, 7.0, 0.1, [ruled()], "", None))
        ]

    def __call__(self, course, options, seed):
        self.loaded += 1
        return self

    def opened(self):
        if self.refuses is not None:
            raise self.refuses

    def judge(self, job):
        self.jobs.append(job)
        messages = self.answer(job)
        if isinstance(messages, Exception):
            raise messages
        return Verdicts(messages)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed += 1


@pytest.fixture
def graders(monkeypatch):
    made = Graders()
    monkeypatch.setattr(desks, "WarmGrader", made)
    return made


@pytest.fixture
def mine(tmp_path):
    """The learner's folder in a small course."""
    shutil.copytree(MINI, tmp_path / "course", ignore=shutil.ignore_patterns("submissions"))
    (tmp_path / "course/submissions/me").mkdir(parents=True)
    return tmp_path / "course/submissions/me"


@pytest.fixture
def desk(mine, graders):  # noqa: ARG001 - they stand in for the grader
    """A controller with a loaded grader."""
    with WatchController(Answers(mine, load_course(mine.parents[1])), RunOptions()) as made:
        assert made.wants_grader
        made.load()
        yield made


def save(mine, text, name="ranks.py", *, at=None):
    (mine / name).write_text(text)
    if at is not None:
        os.utime(mine / name, (at, at))


def finish(desk):
    """Read all messages of one exercise."""
    while not desk.hear():
        pass


def test_it_begins_with_what_was_saved_last(desk, mine, graders):
    """Only the latest unfinished answer is graded at the start."""
    save(mine, WRONG, at=1000)
    save(mine, "def count_inversions(values):\n    pass\n", "inversions.py", at=2000)
    desk.begin()
    assert (desk.current, [job.exercise for job in graders.jobs]) == ("inversions", ["inversions"])
    finish(desk)
    assert desk.result.status == "met"
    assert not desk.go_on()
    assert desk.answers.latest() == "ranks"


def test_what_is_saved_is_judged_and_what_is_the_same_is_not(desk, mine, graders):
    """Only changed files are graded; another save cancels the current job."""
    desk.begin()
    assert desk.current is None
    save(mine, WRONG)
    assert desk.reread() == ["ranks"]
    first = desk.verdicts
    assert desk.reread() is None
    save(mine, RIGHT)
    assert desk.reread() == ["ranks"]
    assert first.hung_up
    assert [job.source.text for job in graders.jobs] == [WRONG, RIGHT]


def test_an_answer_that_is_removed_is_no_longer_the_current_one(desk, mine):
    """A deleted answer isn't graded, but its deletion counts as a change."""
    save(mine, WRONG)
    desk.begin()
    verdicts = desk.verdicts
    (mine / "ranks.py").unlink()
    assert desk.reread() == []
    assert (desk.current, desk.verdicts, verdicts.hung_up) == (None, None, True)


def test_two_saves_are_judged_one_after_the_other(desk, mine):
    """The latest save is graded first, and the other one starts when requested."""
    desk.begin()
    save(mine, WRONG, at=1000)
    save(mine, "def count_inversions(values):\n    pass\n", "inversions.py", at=2000)
    assert desk.reread() == ["inversions", "ranks"]
    finish(desk)
    assert desk.current == "inversions"
    assert desk.go_on()
    assert desk.current == "ranks"


def test_a_ruling_takes_the_place_of_an_earlier_one(desk, mine, graders):
    """A second verdict on the same property replaces the first."""
    graders.answer = lambda job: [RunnerFound(ruled("not met")), RunnerFound(ruled("not met", "more"))]
    save(mine, WRONG)
    desk.begin()
    assert (desk.hear(), desk.hear()) == (False, False)
    assert [one.reason for one in desk.ruled] == ["more"]


def test_what_is_found_counts_at_once_and_is_kept(desk, mine):
    """The result updates the score and the next exercise, and is stored in the learner's folder."""
    save(mine, RIGHT)
    desk.begin()
    assert desk.answers.score().met == 0
    finish(desk)
    assert (desk.answers.score().met, desk.answers.score().score) == (1, 7.0)
    assert desk.answers.following("ranks") == "inversions"
    assert progress.standings(desk.answers.course)["ranks"].met
    desk.again()
    assert (desk.result, desk.answers.score().met) == (None, 1)
    desk.turn()
    assert (desk.current, (mine / "inversions.py").exists()) == ("inversions", True)


def test_how_far_one_is_is_read_once_for_many_drawings(desk, mine, monkeypatch):
    """Answers are reread only after a change or a verdict, not each time the screen is drawn."""
    save(mine, RIGHT)
    desk.begin()
    finish(desk)
    monkeypatch.setattr(progress, "standings", None)
    assert [desk.answers.score().met for _ in range(3)] == [1, 1, 1]
    assert desk.answers.done() == {"ranks"}
    assert desk.answers.following(None) == "inversions"


@pytest.mark.parametrize("when", ["at the next job", "in the middle of one"])
def test_a_lost_grader_is_replaced_and_judges_what_the_other_left(desk, mine, graders, when):
    """A lost grader is replaced once per save, so another save allows another replacement."""
    right = graders.answer
    for turn, text in ((1, WRONG), (2, RIGHT)):
        graders.answer = lambda job: runner_lost() if when == "at the next job" else [runner_lost()]
        save(mine, text)
        assert desk.reread() == ["ranks"]
        if when == "in the middle of one":
            assert not desk.hear()
        assert desk.wants_grader
        graders.answer = right
        desk.reload()
        assert (desk.reloaded, desk.trouble, graders.loaded, graders.closed) == (True, None, 1 + turn, turn)
        finish(desk)
        assert graders.jobs[-1].source.text == text
        assert desk.result.status == "met"


def test_a_grader_that_is_lost_twice_over_one_answer_is_an_error(desk, mine, graders):
    """An answer that crashes every grader isn't tried again until the next save."""
    graders.answer = lambda job: [runner_lost()]
    save(mine, WRONG)
    desk.reread()
    desk.hear()
    desk.reload()
    desk.hear()
    assert (desk.trouble.slug, desk.wants_grader, graders.loaded) == ("near-side", False, 2)
    desk.again()
    assert desk.wants_grader


def test_a_grader_that_cannot_be_replaced_is_an_error(desk, mine, graders):
    """If a grader can't load, the reason is shown and the next save tries again."""
    graders.answer = lambda job: runner_lost()
    graders.refuses = REFUSED
    save(mine, WRONG)
    desk.reread()
    desk.reload()
    assert (desk.trouble, desk.wants_grader) == (REFUSED, False)
    save(mine, RIGHT)
    assert desk.reread() == ["ranks"]
    assert desk.wants_grader


def test_an_error_of_the_course_is_said_and_no_grader_is_replaced(desk, mine, graders):
    """An error in the course doesn't replace the grader, and rereading the answers clears it."""
    graders.answer = lambda job: [REFUSED]
    save(mine, WRONG)
    desk.begin()
    desk.hear()
    assert (desk.trouble, desk.wants_grader, graders.loaded) == (REFUSED, False, 1)
    assert desk.reread() == []
    assert desk.trouble is None


def test_what_cannot_be_read_leaves_the_rest_as_it_was(desk, mine):
    """A missing folder is an error but doesn't end the command, and its return clears the error."""
    save(mine, WRONG)
    desk.begin()
    finish(desk)
    mine.rename(mine.parent / "before")
    assert desk.reread() == []
    assert desk.trouble.slug == "no-submission"
    assert desk.result is not None
    (mine.parent / "before").rename(mine)
    assert desk.reread() == []
    assert desk.trouble is None


def test_the_next_hint_is_the_first_that_was_not_seen(desk):
    """Hints shown by `grade hint` count as seen here; after the last hint, it is shown again."""
    answers = desk.answers
    seen = []
    for _ in range(4):
        seen.append(answers.next_hint("ranks"))
        from grader.learner.state.shown import remember_hint

        remember_hint(answers.course, "ranks", seen[-1])
    assert seen == [1, 2, 3, 3]
