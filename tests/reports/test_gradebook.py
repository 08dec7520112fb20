"""A cohort's points are written as CSV that a spreadsheet shows without evaluating anything."""

import csv
import io

import cohorts

from grader.reports.gradebook import gradebook


def rows(summary):
    return [*csv.DictReader(io.StringIO(gradebook(summary)))]


def test_each_submission_has_a_row():
    """Points per exercise add up to the total; an unanswered exercise has an empty cell."""
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
    """A name or reason that looks like a formula becomes one line of text without control codes."""
    text = gradebook(cohorts.hostile_summary())
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|"))] == []
    assert [cell for cell in cells if "\n" in cell or "\x1b" in cell] == []
    assert len(text.splitlines()) == 4
