"""PrairieLearn: /grade/results/results.json for an external grader.

https://prairielearn.readthedocs.io/en/latest/externalGrading/
"""

from __future__ import annotations

from typing import Any

from grader.report_model import Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.plain_text import fault
from grader.reports.exports.run_context import Occasion

MOST_BYTES = 1_000_000


def results(report: Report, occasion: Occasion) -> str:
    """Return the results. A file that doesn't load does not use up an attempt."""
    del occasion
    write = _graded if listed_tests.loads(report) else _not_gradable
    return texts.fitted(lambda detail: texts.as_json(write(report, detail)), MOST_BYTES)


def _graded(report: Report, detail: int) -> dict[str, Any]:
    found = list(listed_tests.everything_shown(report))
    return {
        "gradable": True,
        "score": min(1.0, report.score / report.max_score) if report.max_score else 0.0,
        "message": listed_tests.overview(report),
        "output": texts.cut("\n".join(one.printed for one in found if one.printed), detail),
        "tests": [_test(entry, detail) for entry in found],
    }


def _not_gradable(report: Report, detail: int) -> dict[str, Any]:
    errors = [f"{one.id}: {fault(one.error)}" for one in report.exercises if one.error is not None]
    return {"gradable": False, "format_errors": [texts.cut(texts.visible(one), detail) for one in errors]}


def _test(entry: Entry, detail: int) -> dict[str, Any]:
    return {
        "name": entry.title,
        "description": entry.says,
        "points": entry.points,
        "max_points": entry.max_points,
        "message": texts.cut(entry.reason, detail) if entry.verdict != "met" else "",
        "output": texts.cut(entry.text, detail),
    }
