"""Gradescope: /autograder/results/results.json, with hidden tests for instructors only.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from typing import Any

from grader.report_model import Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.run_context import Occasion

MOST_PRINTED = 2000
# Gradescope documents no limit. A page for learners should not be larger than this.
MOST_BYTES = 4_000_000


def results(report: Report, occasion: Occasion) -> str:
    """Return results.json, with the score of the report."""
    del occasion
    return texts.fitted(lambda detail: texts.as_json(_document(report, detail)), MOST_BYTES)


def _document(report: Report, detail: int) -> dict[str, Any]:
    return {
        "score": report.score,
        "execution_time": round(sum(one.duration for one in report.exercises)),
        "output": listed_tests.overview(report),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(entry, f"{number}.{place}", detail)
            for number, exercise in enumerate(report.exercises, 1)
            for place, entry in enumerate(listed_tests.every(exercise), 1)
        ],
        "extra_data": {"max_score": report.max_score, **listed_tests.origin(report)},
    }


def _test(entry: Entry, number: str, detail: int) -> dict[str, Any]:
    printed = f"your program printed:\n{texts.cut(entry.printed, MOST_PRINTED)}" if entry.printed else ""
    return {
        "number": number,
        "name": entry.title,
        # Without a status, Gradescope shows a test out of 0 points as passed.
        "status": "passed" if entry.verdict == "met" else "failed",
        "score": entry.points,
        "max_score": entry.max_points,
        "output": "\n\n".join(
            part for part in (entry.says, texts.cut(entry.text, detail), texts.cut(printed, detail)) if part
        ),
        "visibility": "hidden" if entry.hidden else "visible",
    }
