"""Canvas: a CSV for its gradebook import, one assignment per exercise or one for the total.

https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.reports.exports import gradebooks
from grader.reports.exports.gradebooks import GradeColumns, Graded
from grader.reports.exports.texts import cell

# Canvas expects these columns first, in this order.
LEARNER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
# The spaces are part of Canvas's format.
WORTH = "    Points Possible"


def gradebook(rows: Sequence[Graded], column: str | None = None) -> str:
    """Return the gradebook. If nothing else is known of a learner, the folder's name is the login."""
    return gradebooks.table(_rows(rows, gradebooks.grade_columns(rows, column)))


def _rows(rows: Sequence[Graded], grades: GradeColumns) -> Iterator[list[str]]:
    yield [*LEARNER, *map(cell, grades.worth)]
    yield [WORTH, "", "", "", "", *(gradebooks.number(most) for most in grades.worth.values())]
    for row in rows:
        yield [*map(cell, _learner(row)), *grades.cells(row)]


def _learner(row: Graded) -> list[str]:
    """Return what Canvas finds a learner by. It takes the first of the four that fits."""
    one = row.learner
    if row.bare:
        return [one.id, "", "", one.id, ""]
    return [one.shown, one.platform, row.school_id, one.login, one.section]
