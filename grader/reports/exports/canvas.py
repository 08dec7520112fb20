"""Canvas: a CSV that its gradebook imports, an assignment for each exercise.

https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report_model import Report
from grader.reports.exports import gradebooks
from grader.reports.exports.texts import cell

# Canvas reads these first, and in this order.
LEARNER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
# Its spaces are how Canvas writes it.
WORTH = "    Points Possible"


def gradebook(reports: Sequence[Report]) -> str:
    """Return the gradebook; a learner is found by the login, which is the folder's name."""
    return gradebooks.table(_rows(gradebooks.by_learner(reports)))


def _rows(reports: dict[str, Report]) -> Iterator[list[str]]:
    worth = gradebooks.columns(reports.values())
    yield [*LEARNER, *map(cell, worth)]
    yield [WORTH, "", "", "", "", *(gradebooks.number(most) for most in worth.values())]
    for name, report in reports.items():
        done = gradebooks.answers(report)
        scores = [gradebooks.number(done[one].score) if one in done else "" for one in worth]
        yield [cell(name), "", "", cell(name), "", *scores]
