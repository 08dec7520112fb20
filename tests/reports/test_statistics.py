"""Statistics over many reports count each item once and list the most common one first."""

import cohorts
import msgspec
import pages
import pytest

from grader.protocol import RunnerFailed
from grader.reports import report_json
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


def cased(size, *, hidden=False, line=3):
    """Return an answer with a known mistake, found by a case with `size` input entries."""
    array = pages.vector(*[1.0] * size)
    return pages.exercise(
        "one",
        pages.law(
            f"of_{size}",
            "not met",
            hidden=hidden,
            misconception=pages.known("mistake"),
            counterexample=pages.case(array, array, array, inputs={"x": array}, line=line),
        ),
    )


def kept(*answers):
    """Return the only mistake of these answers, one for each submission."""
    (tally,) = summary(*map(pages.report, answers)).exercises
    return tally.mistakes[0]


def test_the_smallest_case_of_a_mistake_is_kept():
    """Of all submissions with a mistake, the case with the smallest inputs is kept, with its test."""
    one = kept(cased(3), cased(1), cased(2))
    assert (one.message, one.submissions, one.test) == ("What to know about it.", 3, "of_1")
    assert one.case.inputs == {"x": pages.vector(1.0)}
    assert one.case.line is None


def test_the_first_of_equally_small_cases_is_kept():
    """The order of the submissions decides between cases of the same size."""
    first, later = (
        pages.exercise("one", msgspec.structs.replace(cased(2).properties[0], id=name))
        for name in ("first", "later")
    )
    assert (kept(first, later).test, kept(later, first).test) == ("first", "later")


def test_a_hidden_case_is_not_kept():
    """A hidden test's case stays out of the summary, however small it is."""
    assert kept(cased(1, hidden=True), cased(2)).test == "of_2"
    alone = kept(cased(1, hidden=True))
    assert (alone.case, alone.test) == (None, "")


def test_a_summary_tells_nothing_about_the_file():
    """The summary as JSON has the case, but neither the number nor the text of a learner's line."""
    text = report_json.to_json(summary(pages.report(cased(2, line=4711)))).decode()
    assert '"test": "of_2"' in text
    assert "4711" not in text


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
