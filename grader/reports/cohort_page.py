"""The HTML overview of a cohort: scores, what to teach, and how often each test failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.report_model import KINDS
from grader.reports import html, pages, wording
from grader.reports.fastest_answers import fastest, times_of
from grader.reports.lessons import lessons
from grader.reports.marks import Lateness, Marks, Override
from grader.reports.statistics import Row, Summary, most_made, most_missed

MOST_ROWS = 2000
MOST_COMMON = 5
MOST_NAMED = 3
STEPS = 10
NOTHING = "nothing handed in"


@dataclass(frozen=True)
class Step:
    """A step of one tenth of the points, and the number of submissions that reached it but not the next."""

    percent: int
    submissions: int


@dataclass(frozen=True)
class Listing:
    """One row of the table: who it is, the result, and the points with every change to them.

    `link` is the page for this learner, the report, or "". `points` is None if nothing was tested.
    """

    name: str
    id: str
    section: str
    link: str
    look: str
    result: str
    broken: str
    handed_in: str
    points: float | None
    out_of: float
    notes: list[str]
    times: Sequence[str]

    @property
    def number(self) -> str:
        """The points in words, or "" if nothing was tested."""
        return "" if self.points is None else _of(self.points, self.out_of)


def overview(summary: Summary, *, similar: int | None = None) -> str:
    """Return the page with at most MOST_ROWS submissions, to keep the browser fast. The gradebook has all.

    `similar` is the number of pairs on the page `similar.html`, or None if that page wasn't written.
    """
    everyone = [_listing(row, summary.max_score) for row in summary.submissions]
    tested = [
        one for one, row in zip(everyone, summary.submissions, strict=True) if row.report and one.out_of
    ]
    rows = everyone[:MOST_ROWS]
    text = pages.template("overview.html").render(
        summary=summary,
        similar=similar,
        rows=rows,
        widest=max((len(one.number) for one in rows), default=0),
        unshown=len(everyone) - len(rows),
        noun="learner" if any(row.learner or _nothing(row) for row in summary.submissions) else "submission",
        counts=_counts(everyone),
        troubles=[
            (one, row.trouble)
            for one, row in zip(everyone, summary.submissions, strict=True)
            if row.trouble is not None
        ],
        mean=_mean(tested),
        steps=_steps(tested),
        lessons=lessons(summary),
        fastest=fastest(summary),
        missed=most_missed(summary, MOST_COMMON),
        made=most_made(summary, MOST_COMMON),
        devices=wording.judged_on(summary.devices),
        kinds=KINDS,
        style=pages.style("report.css", "overview.css"),
    )
    return html.printable(text)


def _listing(row: Row, most: float) -> Listing:
    who, marks = row.learner, row.marks
    name = who.shown if who else row.name
    return Listing(
        name=name,
        id=who.id if who and who.id != name else "",
        section=who.section if who else "",
        link=row.page or row.report or "",
        look="nothing" if _nothing(row) else row.status.replace(" ", "-"),
        result=NOTHING if _nothing(row) else wording.word(row.status),
        broken=_some(row.broken),
        handed_in=_handed_in(row),
        points=marks.total if marks else row.score if row.report else None,
        out_of=marks.out_of if marks else most,
        notes=_notes(marks) if marks else [],
        times=times_of(row),
    )


def _nothing(row: Row) -> bool:
    """Return whether a learner of the roster handed in nothing at all."""
    return row.report is None and row.trouble is None


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _handed_in(row: Row) -> str:
    """Return how many exercises were handed in, or "" if all were."""
    if not row.missing or _nothing(row):
        return ""
    return f"{len(row.exercises) - len(row.missing)} of {len(row.exercises)} handed in"


def _notes(marks: Marks) -> list[str]:
    """Return every reason why the points differ from the sum of the points of the tests."""
    late = _late(marks.lateness, _of(marks.earned, marks.out_of)) if marks.lateness else ""
    unsure = "" if marks.judged else "not final: an exercise was not tested"
    return [one for one in (late, *map(_changed, marks.overrides), unsure) if one]


def _late(lateness: Lateness, before: str) -> str:
    if not lateness.late:
        return ""
    days = f"{lateness.days} day{'' if lateness.days == 1 else 's'}"
    return f"late by {days}: {before} points before" if lateness.share else "late"


def _changed(one: Override) -> str:
    before = "" if one.before is None else f"{wording.points(one.before)} "
    comment = f" ({one.comment})" if one.comment else ""
    return f"changed by hand: {one.exercise} {before}→ {wording.points(one.points)}{comment}"


def _of(points: float, most: float) -> str:
    return f"{wording.points(points)} of {wording.points(most)}"


def _counts(rows: Sequence[Listing]) -> list[tuple[str, str, int]]:
    """Return each result that occurs, as a CSS class and in words, and its number of rows."""
    results = [(status.replace(" ", "-"), words) for status, words in wording.WORDS.items()]
    counted = [
        (look, words, sum(one.look == look for one in rows))
        for look, words in (*results, ("nothing", NOTHING))
    ]
    return [one for one in counted if one[2]]


def _mean(tested: Sequence[Listing]) -> str:
    """Return the average points in words, or "" if no submission was tested."""
    if not tested:
        return ""
    mean = sum(one.points or 0.0 for one in tested) / len(tested)
    return _of(mean, max(one.out_of for one in tested))


def _steps(tested: Sequence[Listing]) -> list[Step]:
    """Return the distribution of the points in tenths. Full marks are a separate step."""
    if not tested:
        return []
    counts = [0] * (STEPS + 1)
    for one in tested:
        # Sums of weighted points have rounding errors, and full marks must count as full.
        reached = int(round(STEPS * (one.points or 0.0) / one.out_of, 6))
        counts[max(0, min(reached, STEPS))] += 1
    return [Step(100 * step // STEPS, count) for step, count in enumerate(counts)]
