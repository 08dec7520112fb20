"""Statistics over many reports count each item once and list the most common one first."""

import cohorts
import pages
import pytest

from grader.protocol import RunnerFailed
from grader.reports.statistics import Tally, most_made, most_missed


def summary(*reports, order=("one", "two"), troubles=()):
    tally = Tally(order)
    for number, report in enumerate(reports):
        tally.add(f"learner{number}", f"reports/{number}.json", report)
    for name in troubles:
        tally.add_trouble(name, RunnerFailed(2, "slug", "found", "where", "expected", "remedy"))
    return tally.summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"})


RIGHT = pages.exercise("one", pages.law("shape"), pages.law("values"))
WRONG = pages.exercise(
    "one", pages.law("shape"), pages.law("values", "not met", misconception=pages.known("mistake"))
)


def test_nothing_comes_to_nothing():
    """A cohort without graded submissions has rows but no exercises."""
    found = summary(troubles=["ada"])
    assert (found.exercises, found.max_score) == ([], 0)
    assert [(row.name, row.status, row.score, row.report) for row in found.submissions] == [
        ("ada", "not judged", 0.0, None)
    ]


def test_each_law_is_counted_in_each_answer():
    """The numbers of met, not met and not judged add up to the number of answers."""
    unjudged = pages.exercise("one", pages.law("shape"), pages.law("values", "not judged"))
    (tally,) = summary(*map(pages.report, (RIGHT, RIGHT, WRONG, unjudged))).exercises
    assert (tally.answered, tally.met, tally.mean) == (4, 2, 3.0)
    assert [(law.id, law.met, law.not_met, law.not_judged) for law in tally.properties] == [
        ("shape", 4, 0, 0),
        ("values", 2, 1, 1),
    ]


def test_what_a_further_device_shows_is_one_law():
    """Findings on a further device count once, under `device`, and so do known mistakes there."""
    known = pages.known("mistake")
    shape = pages.law("shape", "not met", device="sim", evidence=True, misconception=known)
    device = pages.law("device", "not met", device="sim", misconception=known)
    (tally,) = summary(pages.report(pages.exercise("one", pages.law("shape"), shape, device))).exercises
    assert [(law.id, law.device, law.not_met) for law in tally.properties] == [
        ("shape", "cpu", 0),
        ("device", "sim", 1),
    ]
    assert [one.submissions for one in tally.mistakes] == [1]


def test_a_mistake_counts_once_in_a_submission():
    """A mistake that makes one learner fail three properties counts once."""
    thrice = pages.exercise(
        "one", *(pages.law(name, "not met", misconception=pages.known("mistake")) for name in ("a", "b", "c"))
    )
    (tally,) = summary(pages.report(thrice), pages.report(thrice)).exercises
    assert [(one.slug, one.submissions) for one in tally.mistakes] == [("slug", 2)]


def test_exercises_stand_in_the_order_of_the_course():
    """The columns follow the order of the course, not of the submissions."""
    two = pages.exercise("two", pages.law("shape"))
    assert [one.id for one in summary(pages.report(two), pages.report(RIGHT)).exercises] == ["one", "two"]


def test_points_are_out_of_all_that_anybody_answered():
    """A missing exercise earns no points but still counts toward the total."""
    two = pages.exercise("two", pages.law("shape"))
    found = summary(pages.report(RIGHT), pages.report(RIGHT, two))
    assert found.max_score == 6
    assert [row.score for row in found.submissions] == [4, 6]
    assert found.submissions[0].exercises == {"one": 4}


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["met", "met"], "met"),
        (["met", "not judged"], "not judged"),
        (["not judged", "not met"], "not met"),
        (["met", "not met"], "not met"),
    ],
)
def test_a_submission_is_what_its_worst_exercise_is(statuses, status):
    """Not met takes precedence over not judged, and not judged over met."""
    exercises = [
        pages.exercise(name, pages.law("shape", one), status=one)
        for name, one in zip(("one", "two"), statuses, strict=True)
    ]
    assert summary(pages.report(*exercises)).submissions[0].status == status


def test_the_most_common_is_first():
    """Unmet properties and mistakes are sorted by frequency; a property met by everyone isn't listed."""
    found = cohorts.summary(60)
    missed = [law.not_met for _, law in most_missed(found, 100)]
    made = [one.submissions for _, one in most_made(found, 100)]
    assert missed == sorted(missed, reverse=True)
    assert made == sorted(made, reverse=True)
    assert 0 not in missed
    assert most_missed(found, 3) == most_missed(found, 100)[:3]
