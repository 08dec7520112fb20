"""A cohort's points are written as CSV that a spreadsheet shows without evaluating anything."""

import csv
import io

import cohorts
import learners
from msgspec import structs

from grader.report_model import Learner
from grader.reports.gradebook import gradebook
from grader.reports.marks import Lateness, Marks
from grader.reports.statistics import ExerciseTally


def rows(summary):
    return [*csv.DictReader(io.StringIO(gradebook(summary)))]


def test_each_submission_has_a_row():
    """Points per exercise add up to the total; an unanswered exercise has an empty cell.

    A submission that couldn't be graded has no total, because it wasn't worth 0 points.
    """
    summary = cohorts.summary(120)
    table = rows(summary)
    assert [row["submission"] for row in table] == [row.name for row in summary.submissions]
    names = [one.id for one in summary.exercises]
    for row, known in zip(table, summary.submissions, strict=True):
        assert {name for name in names if row[name]} == set(known.exercises)
        assert sum(float(row[name] or 0) for name in names) == float(row["total"] or 0) == known.score
        assert bool(row["total"]) == (known.report is not None)
        assert (row["status"], float(row["out of"])) == (known.status, summary.max_score)
        assert bool(row["trouble"]) == (known.trouble is not None)


def test_no_cell_is_a_formula():
    """A name or reason that looks like a formula becomes one line of text without control codes."""
    text = gradebook(cohorts.hostile_summary())
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|"))] == []
    assert [cell for cell in cells if "\n" in cell or "\x1b" in cell] == []
    assert len(text.splitlines()) == 4


def marked(*rows):
    """Return the gradebook of rows, for two exercises."""
    exercises = [ExerciseTally(name, name, 3.0, 1, 1, 3.0, [], []) for name in ("one", "two")]
    summary = structs.replace(learners.summary(*rows), exercises=exercises)
    return [*csv.reader(io.StringIO(gradebook(summary)))]


def test_marks_have_columns():
    """The points before the late rule, the deduction and the changes by hand stand before the total."""
    sean, xiaolong, juergen = (learners.entry(number) for number in ("4711", "4713", "4712"))
    late = Marks({"one": 2.0}, 2.0, 2.0, 6.0, judged=False, lateness=Lateness(late=True))
    unclear = Marks({}, 0.0, 0.0, 6.0, judged=False)
    absent = Learner("s9", "Ida", "ida@example.org", "ida", "B")
    rows = [
        learners.row(sean, "4711"),
        learners.row(xiaolong, "4713", marks=late),
        learners.row(
            juergen, "4712", report=None, marks=unclear, status="not judged", trouble=learners.trouble()
        ),
        learners.row(sean, "4711", name="Ida", report=None, marks=None, learner=absent, exercises={}),
    ]
    assert marked(*rows) == [
        [
            *("submission", "id", "name", "email", "login", "section", "one", "two", "before late rule"),
            *("days late", "deducted", "changed by hand", "total", "out of", "status", "trouble"),
        ],
        [
            *("Seán O'Connor_4711", "4711", "Seán O'Connor", "", "", "", "2", "1", "3", "2", "0.6"),
            *("two: 1 instead of 0 (explained it: Kennwort4711Ende)", "2.4", "6", "not met", ""),
        ],
        [
            *("李小龙_4713", "4713", "李小龙", "", "", "", "2", "", "2", "late", "0"),
            *("", "", "6", "not met", ""),
        ],
        [
            *("Jürgen Müller-Lüdenscheidt_4712", "4712", "Jürgen Müller-Lüdenscheidt", "", "", ""),
            *("", "", "0", "", "", "", "", "6", "not judged", "it ended (there)"),
        ],
        [
            *("Ida", "s9", "Ida", "ida@example.org", "ida", "B", "", "", "", "", "", ""),
            *("", "6", "not met", ""),
        ],
    ]


def test_without_a_roster_and_marks_nothing_changes():
    """If only the folders' names are known, there are no columns for learners and marks."""
    one = learners.row(learners.entry("4711"), "4711", marks=None, learner=Learner("4711"))
    other = learners.row(learners.entry("4712"), "4712", marks=None, learner=None)
    assert marked(one, other) == [
        ["submission", "one", "two", "total", "out of", "status", "trouble"],
        ["Seán O'Connor_4711", "2", "0", "2", "6", "not met", ""],
        ["Jürgen Müller-Lüdenscheidt_4712", "2", "0", "2", "6", "not met", ""],
    ]


def test_a_learner_is_missing_in_a_known_cohort():
    """A row without a learner has empty cells where others have a name."""
    other = learners.row(learners.entry("4712"), "4712", learner=None)
    assert marked(learners.row(learners.entry("4711"), "4711"), other)[2][1:6] == [""] * 5
