"""Gradebooks list the learner and the exercises, and contain no spreadsheet formulas."""

import csv
import io

import pages
import pytest
from exporting import REPORTS, changed, exported

from grader.errors import GraderError
from grader.report_model import Submission
from grader.reports.exports import gradebooks

ADA = pages.exercise(
    "one", pages.law("shape"), pages.law("values", "not met", misconception=pages.known("mistake"))
)
BOB = pages.exercise("one", pages.law("shape"), pages.law("values"))
TWO = pages.exercise("two", pages.law("shape"))


def of(name, *exercises):
    return pages.report(*exercises, submission=Submission(name, "a1" * 32))


def rows(form, *reports):
    return list(csv.reader(io.StringIO(exported(form, *reports))))


def test_canvas_has_a_row_for_each_learner():
    """Learners are sorted by name, exercises are columns, and a cell is blank if nothing was submitted."""
    assert rows("canvas-csv", of("s/bob", BOB, TWO), of("s/ada", ADA)) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "one", "two"],
        ["    Points Possible", "", "", "", "", "4", "2"],
        ["ada", "", "", "ada", "", "2", ""],
        ["bob", "", "", "bob", "", "4", "2"],
    ]


def test_moodle_has_grades_and_feedback():
    """Each exercise has a grade and one line of feedback with the names of known mistakes."""
    assert rows("moodle-csv", of("s/bob", BOB, TWO), of("s/ada", ADA)) == [
        ["Username", "Assignment: one", "Feedback: one", "Assignment: two", "Feedback: two"],
        ["ada", "2", "2 of 4 points; wrong: values; a mistake of many", "", "not handed in"],
        ["bob", "4", "4 of 4 points", "2", "2 of 2 points"],
    ]


@pytest.mark.parametrize("form", ["canvas-csv", "moodle-csv"])
def test_a_name_is_no_formula(form):
    """A folder name that looks like a formula is written as text."""
    cells = {cell for row in rows(form, of("s/=cmd|' /C calc'!A0", BOB)) for cell in row}
    assert "'=cmd|' /C calc'!A0" not in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("submissions/ada", "ada"),
        ("submissions/ada/", "ada"),
        ("submissions/ada/toeplitz_1d.py", "ada"),
        ("submissions/ada/homework.ipynb", "ada"),
        ("ada", "ada"),
        ("C:\\cohort\\ada", "ada"),
    ],
)
def test_the_identity_is_the_folders_name(name, identity):
    """A learner is named after the submitted folder, or after the folder of the submitted file."""
    assert gradebooks.identity(of(name)) == identity


@pytest.mark.parametrize(
    ("slug", "reports"),
    [
        ("two-reports", [of("a/ada", BOB), of("b/ada", BOB)]),
        ("unlike-reports", [of("ada", BOB), of("bob", changed(BOB, max_score=3.0))]),
        ("nameless-submission", [of(".", BOB)]),
        ("nameless-submission", [of("toeplitz_1d.py", BOB)]),
    ],
)
@pytest.mark.parametrize("form", ["canvas-csv", "moodle-csv"])
def test_what_would_be_a_wrong_grade_is_an_error(form, slug, reports):
    """Each learner must have exactly one row, and all rows must have the same maximum points."""
    with pytest.raises(GraderError) as caught:
        exported(form, *reports)
    assert caught.value.slug == slug


def test_hidden_properties_have_no_name():
    """Feedback reports that a hidden property isn't met, but not which one."""
    feedback = rows("moodle-csv", REPORTS["hidden"])[1][2]
    assert feedback == "4 of 8 points; wrong: hidden tests; not tested: later"
