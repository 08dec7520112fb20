"""Gradebooks list the learner and the exercises, and contain no spreadsheet formulas."""

import csv
import io

import pages
import pytest
from exporting import REPORTS, changed, exported

from grader.errors import GraderError
from grader.report_model import Learner, Submission
from grader.reports.exports import gradebooks, moodle
from grader.reports.exports.formats import FORMATS
from grader.reports.exports.gradebooks import Graded
from grader.reports.marks import Lateness, Marks, Override

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


# A cohort: with a roster, without one, absent, not tested, and with a folder's name only.
SEAN = Learner("s1", "O'Connor, Seán", "sean@example.org", "soc", "A", "4711")
JUERGEN = Learner("4712", "Jürgen Müller", platform="4712")
XIAOLONG = Learner("s3", "李小龙", "li@example.org", "li", "B", "4713")
FORMULA = Learner("=1+1", "=HYPERLINK(0)", login="=cmd", platform="4714")
LATE = Lateness(late=True, handed_in="2026-12-03T08:00:00+01:00", days=2, share=0.2)
CHANGED = Override("s1", "one", 3.0, "explained it", 2.0)

SAID = (
    "2.4 of 4 points. Late by 2 days: 3 of 4 points before, 20 % deducted. "
    "one: 3 points instead of 2, changed by hand (explained it). one: wrong: values; a mistake of many."
)


def cohort(*, marked):
    """Return the rows of a cohort."""

    def marks(earned, total=None, **fields):
        return Marks({"one": earned}, earned, earned if total is None else total, 4.0, **fields)

    late = marks(3.0, 2.4, lateness=LATE, overrides=(CHANGED,)) if marked else None
    full, none = (marks(4.0), marks(0.0, judged=False)) if marked else (None, None)
    return gradebooks.in_order(
        [
            Graded(SEAN, "sean", of("sean", ADA), late),
            Graded(JUERGEN, "jürgen", of("jürgen", BOB), full),
            Graded(XIAOLONG, "li"),
            Graded(FORMULA, "formula", None, none, trouble="could not be tested"),
        ]
    )


def written(form, rows, column=None):
    return list(csv.reader(io.StringIO(FORMATS[form].gradebook(rows, column))))


def test_canvas_finds_each_learner_of_a_cohort():
    """Canvas gets its own number, the school's id, the login and the section; one column has the title."""
    assert written("canvas-csv", cohort(marked=True), "Toeplitz (99)") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Toeplitz (99)"],
        ["    Points Possible", "", "", "", "", "4"],
        ["'=HYPERLINK(0)", "4714", "'=1+1", "'=cmd", "", ""],
        ["Jürgen Müller", "4712", "", "", "", "4"],
        ["O'Connor, Seán", "4711", "s1", "soc", "A", "2.4"],
        ["李小龙", "4713", "s3", "li", "B", ""],
    ]


def test_without_marks_each_exercise_has_a_column():
    """A cohort without an assignment is exported by exercise, or as a total if a title is given."""
    rows = cohort(marked=False)
    assert [row[5:] for row in written("canvas-csv", rows)] == [["one"], ["4"], [""], ["4"], ["2"], [""]]
    assert [row[5:] for row in written("canvas-csv", rows, "All")] == [
        ["All"],
        ["4"],
        [""],
        ["4"],
        ["2"],
        [""],
    ]


def test_an_answer_that_was_not_tested_has_no_points():
    """An empty cell isn't a grade. An exercise that wasn't handed in is worth 0 points."""
    unclear = pages.exercise("one", pages.law("shape", "not judged"), status="not judged")
    missing = changed(TWO, status="not judged", score=0.0, handed_in=False)
    rows = [Graded(SEAN, "sean", of("sean", unclear, missing))]
    assert written("canvas-csv", rows)[2][5:] == ["", "0"]
    assert written("canvas-csv", rows, "All")[2][5:] == [""]


def test_moodle_finds_each_learner_of_a_cohort():
    """Moodle gets the username, the school's id and the address, one grade, and one line about everything."""
    known = [row for row in cohort(marked=True) if row.learner is not JUERGEN]
    assert written("moodle-csv", known) == [
        ["Username", "ID number", "Email address", "Total", "Feedback: Total"],
        ["'=cmd", "'=1+1", "", "", "could not be tested"],
        [
            "soc",
            "s1",
            "sean@example.org",
            "2.4",
            SAID,
        ],
        ["li", "s3", "li@example.org", "", "not handed in"],
    ]


def test_moodle_would_stop_at_an_unknown_learner():
    """A learner without username, ID number and address is an error, because Moodle's import ends there."""
    with pytest.raises(GraderError) as caught:
        written("moodle-csv", cohort(marked=True))
    assert (caught.value.slug, caught.value.where) == ("nameless-submission", "jürgen")
    assert caught.value.found == "no username, ID number or email address of Jürgen Müller"


def test_the_worksheet_has_moodles_columns():
    """The number follows `Participant `, which Moodle cuts off; without a date no grade is overwritten."""
    assert written("moodle-worksheet", cohort(marked=True)) == [
        [
            "Identifier",
            "Full name",
            "Email address",
            "Status",
            "Grade",
            "Maximum Grade",
            "Grade can be changed",
            "Last modified (submission)",
            "Last modified (grade)",
            "Feedback comments",
        ],
        [
            *("Participant 4714", "'=HYPERLINK(0)", "", "Submitted for grading", "", "4"),
            *("Yes", "", "", "could not be tested"),
        ],
        [
            *("Participant 4712", "Jürgen Müller", "", "Submitted for grading", "4", "4"),
            *("Yes", "", "", "4 of 4 points. one: correct."),
        ],
        [
            *("Participant 4711", "O'Connor, Seán", "sean@example.org", "Submitted for grading", "2.4", "4"),
            *("Yes", "2026-12-03T08:00:00+01:00", ""),
            SAID,
        ],
        [
            *("Participant 4713", "李小龙", "li@example.org", "No submission", "", "4"),
            *("Yes", "", "", "not handed in"),
        ],
    ]


def moodles_grades(text):
    """Read a worksheet as assignfeedback_offline_grade_importer does: which number, grade and comment."""
    head, *rows = csv.reader(io.StringIO(text))
    place = {title: head.index(title) for title in ("Identifier", "Grade", "Last modified (grade)")}
    comments = head.index("Feedback comments")
    assert comments  # Moodle ignores a feedback column in the first place
    for row in rows:
        yield row[place["Identifier"]][len("Participant ") :], row[place["Grade"]], row[comments]


def test_moodle_reads_each_grade_for_its_learner():
    """Moodle's own rule finds each learner's grade, and no row without a comment would delete one."""
    text = FORMATS["moodle-worksheet"].gradebook(cohort(marked=True))
    found = {number: (grade, bool(comment)) for number, grade, comment in moodles_grades(text)}
    assert found == {"4711": ("2.4", True), "4712": ("4", True), "4713": ("", True), "4714": ("", True)}


def test_the_worksheet_needs_moodles_numbers():
    """A grade without a participant's number is an error. Who handed in nothing is left out."""
    graded = Graded(Learner("s9", "Eve"), "eve", of("eve", BOB))
    absent = Graded(Learner("s8", "Ida"), "ida")
    assert len(written("moodle-worksheet", [absent])) == 1
    many = [Graded(Learner(f"s{n}", f"Eve {n}"), f"eve{n}", graded.report) for n in range(5)]
    for rows, found in (([graded, absent], "Eve"), (many, "Eve 0, Eve 1, Eve 2 and 2 more")):
        with pytest.raises(GraderError) as caught:
            written("moodle-worksheet", rows)
        assert caught.value.slug == "nameless-submission"
        assert caught.value.found == f"no participant number of {found}"


def test_marks_of_two_assignments_do_not_mix():
    """Learners with different maximum points are an error: Canvas has one number for all."""
    rows = [
        Graded(SEAN, "sean", marks=Marks({}, 1.0, 1.0, 4.0)),
        Graded(XIAOLONG, "li", marks=Marks({}, 1.0, 1.0, 5.0)),
    ]
    with pytest.raises(GraderError) as caught:
        written("canvas-csv", rows)
    assert (caught.value.slug, caught.value.where) == ("unlike-reports", "sean")


def test_an_id_that_only_the_platform_gave_is_not_the_schools():
    """The school's id is empty if the roster has none, and the number of another platform isn't used."""
    ids = {one: Graded(one, "").school_id for one in (SEAN, JUERGEN, XIAOLONG)}
    assert [*ids.values()] == ["s1", "", "s3"]
    for one in (
        Learner("ada"),
        Learner("ada", login="ada"),
        Learner("a@b.c", email="a@b.c"),
        Learner("A", "A"),
    ):
        assert Graded(one, "").school_id == ""


def test_feedback_about_everything():
    """The line names each exercise that is wrong, correct, or missing, and its known mistakes."""
    missing = changed(TWO, id="three", status="not judged", score=0.0, handed_in=False)
    row = Graded(SEAN, "sean", of("sean", ADA, TWO, missing))
    assert moodle.overall(row, 8.0) == (
        "4 of 8 points. one: wrong: values; a mistake of many. two: correct. three: not handed in."
    )
