"""Renders the page that a learner gets back: the marks, and what was wrong. It has no scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.report_model import ExerciseResult, Report
from grader.reports import html, pages
from grader.reports.marks import Marks
from grader.reports.marks_text import explanations
from grader.reports.shareable import shareable
from grader.reports.wording import points
from grader.source_text import SourceText


@dataclass(frozen=True)
class GivenBack:
    """What a learner gets back: the name, the report without hidden tests, and the marks if there are any."""

    name: str
    report: Report
    marks: Marks | None = None

    @property
    def total(self) -> float:
        """The points in the end."""
        return self.report.score if self.marks is None else self.marks.total

    @property
    def out_of(self) -> float:
        """The points of a correct submission."""
        return self.report.max_score if self.marks is None else self.marks.out_of

    @property
    def explanations(self) -> list[str]:
        """Why the points differ from those of the tests."""
        return [] if self.marks is None else [*explanations(self.marks)]

    @property
    def handed_in(self) -> str:
        """The time of a late submission, or "" if it isn't known."""
        late = self.marks.lateness if self.marks else None
        return (late.handed_in or "").replace("T", " ") if late else ""

    def marked(self, exercise: ExerciseResult) -> str:
        """Return the points that count for an exercise."""
        found = self.marks.exercises.get(exercise.id) if self.marks else None
        if found is not None:
            return points(found)
        return "not tested" if exercise.handed_in and exercise.status == "not judged" else "doesn't count"


def given_back(report: Report, name: str, marks: Marks | None = None) -> GivenBack:
    """Return what the learner may see of a report."""
    return GivenBack(name, shareable(report), marks)


def page(
    told: GivenBack,
    *,
    formulas: Mapping[str, str] | None = None,
    sources: Mapping[str, SourceText] | None = None,
) -> str:
    """Return the page as HTML. If it would be too large for an email, less is drawn.

    `formulas` maps each exercise to its statement's formula in LaTeX, and `sources` to its graded text.
    """
    text = ""
    for detail in html.DETAILS:
        sections = [
            html.section(
                one,
                f"e{number}",
                (formulas or {}).get(one.id, ""),
                (sources or {}).get(one.id, html.NOT_AT_HAND),
                detail=detail,
            )
            for number, one in enumerate(told.report.exercises, 1)
        ]
        written = pages.template("feedback.html").render(
            told=told, sections=sections, style=pages.style("report.css")
        )
        text = html.printable(written)
        if len(text.encode()) < html.MAX_BYTES:
            break
    return text
