"""A cohort's points as CSV, which a spreadsheet shows without running anything."""

import csv
import io

import cohorts

from grader.reports.gradebook import gradebook


def rows(summary):
    return [*csv.DictReader(io.StringIO(gradebook(summary)))]


def test_each_submission_has_a_row():
    """The points by exercise add up to the total; an unanswered exercise is empty."""
    summary = cohorts.summary(120)
    table = rows(summary)
    assert [row["submission"] for row in table] == [row.name for row in summary.submissions]
    names = [one.id for one in summary.exercises]
    for row, known in zip(table, summary.submissions, strict=True):
        assert {name for name in names if row[name]} == set(known.exercises)
        assert sum(float(row[name] or 0) for name in names) == float(row["total"]) == known.score
        assert (row["status"], float(row["out of"])) == (known.status, summary.max_score)
        assert bool(row["trouble"]) == (known.trouble is not None)


def test_no_cell_is_a_formula():
    """A name or a reason that looks like a formula is a text, on one line, without control characters."""
    text = gradebook(cohorts.hostile_summary())
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|"))] == []
    assert [cell for cell in cells if "\n" in cell or "\x1b" in cell] == []
    assert len(text.splitlines()) == 4
