"""Renders a report as one HTML page without scripts or network access, reproducible byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from grader.course import Course
from grader.exercises import read_text
from grader.report_model import Counterexample, ExerciseResult, Misconception, Property, Report
from grader.reports import comparisons, folded_devices, kernel_overlay, pages, sum_text, wording
from grader.reports.comparisons import Side
from grader.reports.formulas import displayed, lines
from grader.reports.kernel_overlay import Footprint
from grader.reports.laboratory_links import Laboratory
from grader.source_text import Place, SourceText

MAX_BYTES = 300_000
MAX_PRINTED = 2000
UNLIMITED = 10_000
NOT_AT_HAND = SourceText("", "")
_CONTROL = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Detail:
    """How much to draw: a figure's maximum side length, and how many tests per exercise get figures."""

    side: int
    drawn: int


# A page that fits into an email is worth more than the last cell: the first level that fits is used.
DETAILS = (
    Detail(32, UNLIMITED),
    Detail(16, UNLIMITED),
    Detail(16, 5),
    Detail(12, 2),
    Detail(6, 1),
    Detail(1, 0),
)


@dataclass(frozen=True)
class Rung:
    """A failed test and its explanation."""

    anchor: str
    law: Property
    found: Counterexample | None
    inputs: list[str]
    sides: list[Side]
    worked: str
    footprint: Footprint | None
    undrawn: bool
    known: Misconception | None
    # The anchor of an earlier rung that explains the same mistake.
    above: str | None
    line: str = ""
    source: str = ""
    # The laboratory's address for the case, or "".
    see: str = ""


@dataclass(frozen=True)
class RungGroup:
    """Failed tests with one cause: the one that shows it best, and the others, which are folded."""

    best: Rung
    others: list[Rung]


@dataclass(frozen=True)
class Section:
    """One exercise on the page."""

    anchor: str
    exercise: ExerciseResult
    formula: list[Markup]
    # The line of the error that keeps the file from loading, and the known mistakes behind it.
    error_at: str
    known: list[Misconception]
    groups: list[RungGroup]
    not_judged: list[tuple[str, str, list[str]]]
    # The device on which points are earned.
    first: str
    printed: str
    more_printed: int


def page(
    report: Report,
    *,
    formulas: Mapping[str, str] | None = None,
    sources: Mapping[str, SourceText] | None = None,
    laboratory: Laboratory | None = None,
) -> str:
    """Return the page of a report. If it would exceed 300 KB, less is drawn.

    `formulas` maps each exercise to its statement's formula in LaTeX, and `sources` to its graded text.
    With a `laboratory`, cases get links to it.
    """
    text = ""
    for detail in DETAILS:
        sections = _sections(report, formulas or {}, sources or {}, laboratory, detail)
        text = printable(
            pages.template("report.html").render(
                report=report,
                sections=list(sections),
                judged=wording.judged_on(report.devices),
                style=pages.style("report.css"),
            )
        )
        if len(text.encode()) < MAX_BYTES:
            break
    return text


def formulas_of(course: Course) -> dict[str, str]:
    """Return the first displayed formula of each statement that has one."""
    found = {one.id: displayed(read_text(one.statement)) for one in course.exercises.values()}
    return {name: latex for name, latex in found.items() if latex is not None}


def _sections(
    report: Report,
    latex: Mapping[str, str],
    sources: Mapping[str, SourceText],
    laboratory: Laboratory | None,
    detail: Detail,
) -> Iterator[Section]:
    for number, exercise in enumerate(report.exercises, 1):
        written = sources.get(exercise.id, NOT_AT_HAND)
        formula = latex.get(exercise.id, "")
        yield section(exercise, f"e{number}", formula, written, laboratory=laboratory, detail=detail)


def section(
    result: ExerciseResult,
    anchor: str,
    formula: str = "",
    written: SourceText = NOT_AT_HAND,
    *,
    laboratory: Laboratory | None = None,
    detail: Detail = DETAILS[0],
) -> Section:
    """Return the part of the page for one exercise. All anchors in it start with `anchor`."""
    exercise = folded_devices.told(result)
    printed, error_at = exercise.stdout.rstrip(), wording.place(exercise.error)
    return Section(
        anchor,
        exercise,
        lines(formula),
        error_at.name if error_at else "",
        wording.known_of_error(exercise),
        list(_groups(exercise, anchor, written, laboratory, detail)),
        wording.reasons(exercise.properties),
        exercise.properties[0].device if exercise.properties else "",
        printed[:MAX_PRINTED],
        max(0, len(printed) - MAX_PRINTED),
    )


def _groups(
    exercise: ExerciseResult,
    anchor: str,
    written: SourceText,
    laboratory: Laboratory | None,
    detail: Detail,
) -> Iterator[RungGroup]:
    """Yield the failed tests by cause, as the terminal shows them."""
    rungs = {id(law): rung for law, rung in _rungs(exercise, anchor, written, laboratory, detail)}
    for best, *others in wording.by_cause(wording.worth_explaining(exercise)):
        yield RungGroup(rungs[id(best)], [rungs[id(one)] for one in others])


def _rungs(
    exercise: ExerciseResult,
    anchor: str,
    written: SourceText,
    laboratory: Laboratory | None,
    detail: Detail,
) -> Iterator[tuple[Property, Rung]]:
    """Yield a rung for each failed test, in the order of the page."""
    explained: dict[str, str] = {}
    drawn = 0
    shown: set[Place] = set()
    numbers = {id(law): number for number, law in enumerate(exercise.properties, 1)}
    groups = wording.by_cause(wording.worth_explaining(exercise))
    for law in (law for group in groups for law in group):
        place_of = f"{anchor}p{numbers[id(law)]}"
        rung = _rung(law, place_of, detail if drawn < detail.drawn else None, explained)
        see = laboratory.case(exercise.id, law.counterexample) if laboratory else ""
        place = wording.place(law.counterexample)
        if place is not None and not wording.is_definition(written.line_at(place) or ""):
            source = "" if place in shown else (written.line_at(place) or "").strip()
            rung = replace(rung, line=place.name, source=source)
            shown.add(place)
        yield law, replace(rung, see=see)
        drawn += law.counterexample is not None
        if law.misconception is not None:
            explained.setdefault(law.misconception.slug, rung.anchor)


def _rung(law: Property, anchor: str, detail: Detail | None, explained: Mapping[str, str]) -> Rung:
    found, known = law.counterexample, law.misconception
    return Rung(
        anchor,
        law,
        found,
        comparisons.inputs(found) if found else [],
        comparisons.sides(found, detail.side) if found and detail else [],
        sum_text.sentence(found.window) if found and found.window else "",
        kernel_overlay.footprint(found, detail.side) if found and detail else None,
        found is not None and detail is None,
        known,
        explained.get(known.slug) if known else None,
    )


def printable(text: str) -> str:
    """Return a page without control characters: HTML forbids them, and some reverse the text direction."""
    # Every attribute with a text has double quotes, so an apostrophe needs no escape.
    return _CONTROL.sub(
        lambda found: (
            found[0]
            if found[0].isprintable()
            else "".join(c if c.isprintable() else "\ufffd" for c in found[0])
        ),
        text.replace("&#39;", "'"),
    )
