"""What a learner gets back: the page, the Markdown, and nothing about hidden tests.

`python tests/reports/test_feedback_page.py` rewrites the golden files. Review the changes afterwards.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import exporting
import learners
import msgspec
import pages

from grader.reports import feedback_markdown, feedback_page, html
from grader.reports.feedback_page import given_back
from grader.reports.marks import Lateness, Marks, Override
from grader.reports.marks_text import explanations

FOLDER = pages.ROOT / "tests/golden/feedback"
MISTAKES = pages.golden("mistakes")
LATE = Lateness(late=True, handed_in="2026-12-02T00:10:00+01:00", days=1, share=0.1)
MARKS = Marks(
    {
        "toeplitz_1d": 3.08,
        "toeplitz_1d_strided": 10.0,
        "toeplitz_2d": 16.0,
        "toeplitz_2d_strided": 0.0,
        "fft_convolution": 5.0,
    },
    34.08,
    30.672,
    45.0,
    lateness=LATE,
    overrides=(Override("ada", "toeplitz_1d_strided", 10.0, "explained\nit *well*", 5.5),),
)
SEAN = given_back(learners.report("4711"), learners.NAMES["4711"], learners.marks("4711"))


def golden_page():
    told = given_back(MISTAKES.report, "Seán O'Connor", MARKS)
    return feedback_page.page(told, formulas=MISTAKES.formulas, sources=MISTAKES.sources)


FILES = {
    "mistakes.html": golden_page,
    "mistakes.md": lambda: feedback_markdown.document(given_back(MISTAKES.report, "Seán O'Connor", MARKS)),
    "troubles.md": lambda: feedback_markdown.document(
        given_back(pages.golden("troubles").report, "Jürgen <Müller>")
    ),
    "sean.md": lambda: feedback_markdown.document(SEAN),
}


@pytest.mark.parametrize("file", FILES)
def test_the_file_is_the_golden_one(file):
    """The file is identical to the golden one, byte for byte."""
    assert FILES[file]().encode() == (FOLDER / file).read_bytes()


@pytest.mark.parametrize("name", exporting.REPORTS)
def test_nothing_hidden_is_told(name):
    """Neither format contains a name, a case or a reason of a hidden test, or what the program printed then."""
    told = given_back(exporting.REPORTS[name], "Ada")
    for text in (feedback_page.page(told), feedback_markdown.document(told)):
        assert exporting.SECRET not in text
        if name == "hidden":
            assert "hidden tests" in text
            assert "hello" not in text


def test_hidden_tests_keep_their_points():
    """The points of all hidden tests stand together, so the page adds up."""
    told = given_back(exporting.hidden(), "Ada").report
    (exercise,) = told.exercises
    assert sum(one.points for one in exercise.properties) == exercise.score
    assert sum(one.max_points for one in exercise.properties) == exercise.max_score
    assert [one.id for one in exercise.properties] == ["shape", "later", "hidden tests"]
    assert exercise.properties[1].reason == "Not tested yet. First fix what stops a hidden test: an error"


@pytest.mark.parametrize("name", exporting.REPORTS)
def test_every_page_is_one_document(name):
    """Each report makes a page without scripts, and Markdown whose code blocks are closed."""
    told = given_back(exporting.REPORTS[name], exporting.NASTY, MARKS)
    text = feedback_page.page(told)
    assert "<script" not in text
    assert len(text.encode()) < html.MAX_BYTES
    assert {c for c in text if not c.isprintable()} <= {"\n"}
    exporting.github_summary(feedback_markdown.document(told))
    assert {c for c in feedback_markdown.document(told) if not c.isprintable()} <= {"\n"}


def test_a_file_that_does_not_load():
    """The Markdown shows the error and the known mistake behind it once, and not each test."""
    law = pages.law("shape", "not met", cause="error", misconception=pages.known("environment"))
    error = pages.SourceError("ImportError", "no numpy.fft2", 3, "import numpy.fft2")
    text = feedback_markdown.document(
        given_back(pages.report(pages.exercise("one", law, error=error)), "Ada")
    )
    assert text.count("ImportError: no numpy.fft2 (line 3)") == 1
    assert "**Your environment: a environment of many.** What to know about it." in text
    assert "###" not in text


def test_one_cause_is_explained_once():
    """Tests that fail for the same reason are named together, under the one that is worth most."""
    known = pages.known("mistake")
    small = pages.law("small", "not met", misconception=known, counterexample=pages.case(1, 2, "1"))
    great = pages.law(
        "great", "not met", max_points=5.0, misconception=known, counterexample=pages.case(3, 4, "1")
    )
    told = given_back(pages.report(pages.exercise("one", small, great)), "Ada")
    lines = feedback_markdown.document(told).splitlines()
    assert [line for line in lines if line.startswith("###")] == ["### great: wrong, 0 of 5 points"]
    assert lines.count("**Known mistake: a mistake of many.** What to know about it.") == 1
    assert lines[-1] == "Wrong for the same reason: small."


@pytest.mark.parametrize(
    ("marks", "sentences"),
    [
        (Marks({}, 3.0, 3.0, 6.0), []),
        (Marks({}, 3.0, 3.0, 6.0, lateness=Lateness(late=False, handed_in="2026-01-01")), []),
        (Marks({}, 3.0, 3.0, 6.0, lateness=Lateness(late=True)), ["Late: nothing is deducted."]),
        (
            Marks({}, 1.0, 0.875, 1.0, lateness=Lateness(late=True, days=1, share=0.125)),
            ["Late by 1 day: 1 of 1 point before, 12.5 % deducted."],
        ),
        (
            Marks({}, 1.0, 1.0, 6.0, judged=False, overrides=(Override("ada", "one", 1.0),)),
            [
                "one: 1 point given by hand.",
                "Not everything could be tested, so the points aren't final.",
            ],
        ),
        (
            Marks({}, 7.5, 7.5, 9.0, overrides=(Override("ada", "one", 7.5, "see\nme", 5.0),)),
            ["one: 7.5 points instead of 5, changed by hand (see me)."],
        ),
    ],
)
def test_marks_in_words(marks, sentences):
    """Each reason for other points than those of the tests has a sentence."""
    assert list(explanations(marks)) == sentences


def test_points_of_an_exercise():
    """An exercise that couldn't be tested has no points, and one outside the assignment doesn't count."""
    marks = Marks({"one": 1.5}, 1.5, 1.5, 3.0)
    unclear = pages.exercise("two", pages.law("shape", "not judged"), status="not judged")
    extra = pages.exercise("three", pages.law("shape"))
    told = given_back(pages.report(), "Ada", marks)
    assert [told.marked(one) for one in (pages.exercise("one", pages.law("shape")), unclear, extra)] == [
        "1.5",
        "not tested",
        "doesn't count",
    ]


def test_a_large_page_draws_less(monkeypatch):
    """A page that would be too large for an email shows fewer figures, and in the end none."""
    whole = len(golden_page())
    monkeypatch.setattr(html, "MAX_BYTES", whole - 1)
    smaller = len(golden_page())
    monkeypatch.setattr(html, "MAX_BYTES", 1)
    least = golden_page()
    assert len(least) < smaller < whole
    assert "Not drawn, to keep the page small." in least


def test_a_page_is_the_same_after_reading_the_report_back():
    """A stored report makes the same page as the fresh one."""
    stored = msgspec.json.decode(msgspec.json.encode(MISTAKES.report), type=pages.Report)
    told = given_back(stored, "Seán O'Connor", MARKS)
    assert feedback_page.page(told, formulas=MISTAKES.formulas, sources=MISTAKES.sources) == golden_page()


if __name__ == "__main__":
    for each, make in FILES.items():
        (FOLDER / each).write_bytes(make().encode())
