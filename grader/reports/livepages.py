"""Renders the current results, the parts of the course's pages that change while a learner works.

`serve` inserts them into the pages, and sends updates of just these parts to the pages' script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from markupsafe import Markup

from grader.course import Course
from grader.exercises import Exercise
from grader.measure_model import Measurement
from grader.report_model import DEVICE, ExerciseResult, Property, Verdict
from grader.reports import folded_devices, html, laboratory_links, measure_page, pages, wording
from grader.source_text import SourceText

LARGEST = 200_000


@dataclass(frozen=True)
class Known:
    """The answers and their results. `ruled` holds the verdicts so far for the exercise being graded."""

    where: str
    written: Mapping[str, SourceText] = field(default_factory=dict)
    results: Mapping[str, ExerciseResult] = field(default_factory=dict)
    judging: str | None = None
    ruled: tuple[Property, ...] = ()
    loading: bool = False
    trouble: str = ""
    # Measurements of the current texts.
    measured: Mapping[str, Measurement] = field(default_factory=dict)


@dataclass(frozen=True)
class IndexRow:
    """The state of one exercise."""

    exercise: Exercise
    words: str
    kind: str


def assets() -> dict[str, str]:
    """Return the files that only live pages load."""
    script = resources.files("grader.reports") / "site" / "live.js"
    return {"live.js": script.read_text(encoding="utf-8")}


def standing(course: Course, known: Known) -> Markup:
    """Return the state of every answer for the index page."""
    rows = [_row(one, known) for one in course.exercises.values() if one.id in known.written]
    met = sum(row.kind == "met" for row in rows)
    return _part("standing.html", course=course, known=known, rows=rows, met=met)


def verdict(course: Course, exercise: Exercise, known: Known) -> Markup:
    """Return the result of one exercise, with as much detail as fits."""
    result = known.results.get(exercise.id) or _so_far(course, exercise, known)
    laboratory = laboratory_links.of_course(course, "../")
    text = Markup()
    for detail in html.DETAILS:
        section = None
        if result is not None:
            written = known.written.get(exercise.id, html.NOT_AT_HAND)
            section = html.section(result, "now", written=written, laboratory=laboratory, detail=detail)
        text = _part(
            "verdict.html",
            exercise=exercise,
            known=known,
            section=section,
            row=_row(exercise, known),
            chart=_chart(exercise, known),
        )
        if len(text.encode()) < LARGEST:
            break
    return text


def _chart(exercise: Exercise, known: Known) -> Markup:
    """Return the curves of the latest measurement of this text, if there is one."""
    measured = known.measured.get(exercise.id)
    return measure_page.chart(measured) if measured is not None else Markup()


def _part(name: str, **values: object) -> Markup:
    return Markup(html.printable(pages.template(name).render(**values)))  # noqa: S704 - a template's own


def _row(exercise: Exercise, known: Known) -> IndexRow:
    result = known.results.get(exercise.id)
    if exercise.id == known.judging:
        ruled = sum(one.id != DEVICE for one in folded_devices.folded(known.ruled))
        return IndexRow(exercise, f"testing, {ruled} of {len(exercise.laws)} tests done", "")
    if result is None:
        return IndexRow(exercise, "not tested yet" if exercise.id in known.written else "not started", "")
    score, most = (f"{value:g}" for value in (result.score, result.max_score))
    look = wording.look(result).replace(" ", "-")
    return IndexRow(exercise, f"{wording.standing(result)}, {score} of {most} points", look)


def _so_far(course: Course, exercise: Exercise, known: Known) -> ExerciseResult | None:
    """Return the verdicts so far as a result.

    The learner can read the first failures before grading ends.
    """
    if exercise.id != known.judging or not known.ruled:
        return None
    status: Verdict = "not met" if any(one.verdict == "not met" for one in known.ruled) else "not judged"
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        status=status,
        score=sum(one.points for one in known.ruled),
        max_score=course.points(exercise),
        duration=0.0,
        properties=list(known.ruled),
        stdout="",
        error=None,
    )
