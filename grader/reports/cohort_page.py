"""The HTML overview of a cohort: scores, and how often each test failed and each mistake occurred."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report_model import KINDS
from grader.reports import pages, wording
from grader.reports.statistics import Row, Summary, most_made, most_missed

MOST_ROWS = 2000
MOST_COMMON = 5
STEPS = 10


@dataclass(frozen=True)
class Step:
    """A step of one tenth of the points, and the number of submissions that reached it but not the next."""

    percent: int
    submissions: int


def overview(summary: Summary) -> str:
    """Return the page with at most MOST_ROWS submissions, to keep the browser fast. The gradebook has all."""
    rows = summary.submissions[:MOST_ROWS]
    judged = [row for row in summary.submissions if row.report]
    return pages.template("overview.html").render(
        summary=summary,
        rows=rows,
        unshown=len(summary.submissions) - len(rows),
        counts={
            status: sum(one.status == status for one in summary.submissions)
            for status in ("met", "not met", "not judged")
        },
        troubles=[row for row in summary.submissions if row.trouble],
        judged=len(judged),
        mean=sum(one.score for one in judged) / max(len(judged), 1),
        steps=_steps(judged, summary.max_score),
        missed=most_missed(summary, MOST_COMMON),
        made=most_made(summary, MOST_COMMON),
        devices=wording.judged_on(summary.devices),
        kinds=KINDS,
        style=pages.style("report.css", "overview.css"),
    )


def _steps(rows: list[Row], most: float) -> list[Step]:
    """Return the distribution of the points in tenths. Full marks are a separate step."""
    if not most or not rows:
        return []
    counts = [0] * (STEPS + 1)
    for row in rows:
        counts[min(int(STEPS * row.score / most), STEPS)] += 1
    return [Step(100 * step // STEPS, count) for step, count in enumerate(counts)]
