"""A cohort on one page for a browser: scores, and which law and which mistake how often."""

from __future__ import annotations

from grader.records import KINDS
from grader.reports import findings, pages
from grader.reports.cohorts import Summary

MOST_ROWS = 2000


def overview(summary: Summary) -> str:
    """Return the page; the submissions that a browser would be slow with are in the gradebook alone."""
    rows = summary.submissions[:MOST_ROWS]
    return pages.template("overview.html").render(
        summary=summary,
        rows=rows,
        unshown=len(summary.submissions) - len(rows),
        met=sum(one.status == "met" for one in summary.submissions),
        mean=sum(one.score for one in summary.submissions) / max(len(summary.submissions), 1),
        several={one.id for one in summary.exercises if len({law.device for law in one.properties}) > 1},
        judged=findings.judged_on(summary.devices),
        kinds=KINDS,
        style=pages.style("report.css", "overview.css"),
    )
