"""Canvas: a CSV for its gradebook import, one assignment per exercise.

https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report_model import Report
from grader.reports.exports import gradebooks
from grader.reports.exports.texts import cell

# Canvas expects these columns first, in this order.
LEARNER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
# The spaces are part of Canvas's format.
WORTH = "    Points Possible"


def gradebook(reports: Sequence[Report]) -> str:
    """Return the gradebook. The folder's name is the learner's login."""
    return gradebooks.table(_rows(gradebooks.by_learner(reports)))


def _rows(reports: dict[str, Report]) -> Iterator[list[str]]:
    worth = gradebooks.columns(reports.values())
    yield [*LEARNER, *map(cell, worth)]
    yield [WORTH, "", "", "", "", *(gradebooks.number(most) for most in worth.values())]
    for name, report in reports.items():
        done = gradebooks.answers(report)
        scores = [gradebooks.number(done[one].score) if one in done else "" for one in worth]
        yield [cell(name), "", "", cell(name), "", *scores]
