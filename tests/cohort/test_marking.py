"""Marks: weights, the late rule and changes by hand, each visible beside the sum."""

import dataclasses
from datetime import UTC, datetime, timedelta

import msgspec
import pages
import pytest

from grader.cohort import marking
from grader.cohort.marking import MarkingOptions
from grader.course_settings import Assignment, LateRule
from grader.errors import UsageError
from grader.reports.marks import Lateness, Override

DUE = datetime(2026, 12, 1, 12, tzinfo=UTC)
RULES = Assignment(due=DUE, late=LateRule(per_day=0.1, grace_minutes=15, cap=0.5))


@pytest.mark.parametrize(
    ("minutes", "days", "share"),
    [
        (-60, None, None),
        (0, None, None),
        (15, None, None),
        (16, 1, 0.1),
        (15 + 24 * 60, 1, 0.1),
        (16 + 24 * 60, 2, 0.2),
        (30 * 24 * 60, 30, 0.5),
    ],
)
def test_each_day_begun_costs_a_share(minutes, days, share):
    """After the grace period, each day begun costs a share, up to the cap."""
    found = marking.lateness(RULES, DUE + timedelta(minutes=minutes), late=False)
    assert (found and found.days, found and found.share) == (days, share)


def test_without_a_time_nothing_is_deducted():
    """If only the platform says that it was late, it is shown, but nothing is deducted."""
    assert marking.lateness(RULES, None, late=True) == Lateness(late=True)
    assert marking.lateness(RULES, None, late=False) is None
    assert marking.lateness(Assignment(), DUE, late=False) is None


def report(**scores):
    """Return a report with exercises of 4 points: `None` means not tested, `False` not handed in."""
    found = []
    for name, score in scores.items():
        laws = [pages.law("values", "met", max_points=4.0)]
        one = pages.exercise(name, *laws)
        status = "not judged" if score is None else "met"
        one = msgspec.structs.replace(
            one, score=float(score or 0), max_score=4.0, status=status, handed_in=score is not False
        )
        found.append(one)
    return pages.report(*found)


WORTH = {"a": 4.0, "b": 10.0}


def test_weights_scale_the_points():
    """An exercise with a weight is worth that many points, in proportion to its own."""
    found = marking.marks(report(a=3, b=2), WORTH, None, ())
    assert found.exercises == {"a": 3.0, "b": 5.0}
    assert (found.earned, found.total, found.out_of, found.judged) == (8.0, 8.0, 14.0, True)


def test_what_was_not_handed_in_earns_nothing():
    """An exercise that is missing has no points, and still counts."""
    found = marking.marks(report(a=3, b=False), WORTH, None, ())
    assert (found.exercises, found.total, found.judged) == ({"a": 3.0, "b": 0.0}, 3.0, True)


def test_what_was_not_tested_leaves_the_sum_open():
    """An exercise that couldn't be tested has no points, and the sum isn't final until a person decides."""
    found = marking.marks(report(a=3, b=None), WORTH, None, ())
    assert (found.exercises, found.judged) == ({"a": 3.0}, False)
    decided = marking.marks(report(a=3, b=None), WORTH, None, (Override("ada", "b", 6.0),))
    assert (decided.exercises, decided.total, decided.judged) == ({"a": 3.0, "b": 6.0}, 9.0, True)


def test_no_report_has_no_marks():
    """A submission without a report has only the points given by hand."""
    assert marking.marks(None, WORTH, None, ()).judged is False
    assert marking.marks(None, WORTH, None, ()).exercises == {}


def test_a_change_by_hand_shows_what_it_replaces():
    """A change by hand replaces the points and remembers them."""
    found = marking.marks(report(a=3, b=2), WORTH, None, (Override("ada", "a", 4.0, "nearly right"),))
    assert found.overrides == (Override("ada", "a", 4.0, "nearly right", before=3.0),)
    assert found.total == 9.0


def test_the_late_rule_applies_to_the_sum():
    """Both sums are shown: before the late rule and after it."""
    late = Lateness(late=True, days=2, share=0.2)
    found = marking.marks(report(a=4, b=4), WORTH, late, ())
    assert (found.earned, found.total) == (14.0, 11.2)


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (MarkingOptions(assignment="hw9"), "--assignment"),
        (MarkingOptions(due="tomorrow"), "--due"),
        (MarkingOptions(due="2026-12-01T23:59"), "--due"),
        (MarkingOptions(weights={"toeplits_1d": 3.0}), "--weight"),
    ],
)
def test_options_that_are_wrong(course, options, where):
    """Each wrong option gets an error that names it."""
    with pytest.raises(UsageError) as refused:
        marking.chosen(course, options)
    assert refused.value.where == where


@pytest.mark.parametrize("text", ["toeplitz_1d", "toeplitz_1d=", "toeplitz_1d=many", "toeplitz_1d=-1"])
def test_weights_that_are_wrong(text):
    """A weight is an exercise and its points."""
    with pytest.raises(UsageError) as refused:
        marking.parse_weights([text])
    assert refused.value.found == f"`{text}`"


def test_options_change_the_settings(course):
    """An option overrules the assignment's settings, and leaves the others as they are."""
    settings = msgspec.structs.replace(
        course.settings, assignment={"hw1": Assignment(exercises=("toeplitz_1d",), late=RULES.late)}
    )
    options = MarkingOptions(assignment="hw1", late_cap=0.3, due="2026-12-01T12:00+00:00", attempts="best")
    found = marking.chosen(dataclasses.replace(course, settings=settings), options)
    assert found == Assignment(
        exercises=("toeplitz_1d",),
        title="hw1",
        due=DUE,
        late=LateRule(per_day=0.1, grace_minutes=15, cap=0.3),
        attempts="best",
    )


def test_without_options_nothing_is_marked(course):
    """Without an option, the points of the reports stand."""
    assert marking.chosen(course, MarkingOptions()) is None
