"""CTRF, the Common Test Report Format 1.0.0: https://ctrf.io."""

from __future__ import annotations

from collections import Counter
from typing import Any

from grader.report_model import Report, Verdict
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.run_context import Occasion

STATUS: dict[Verdict, str] = {"met": "passed", "not met": "failed", "not judged": "skipped"}
STATUSES = ("passed", "failed", "skipped", "pending", "other")
MOST_TEXT = 20_000


def document(report: Report, occasion: Occasion) -> str:
    """Return the report as CTRF. Points go into `extra`, the format's place for other data."""
    found = list(listed_tests.everything_shown(report))
    seconds = sum(one.duration for one in report.exercises)
    counts = Counter(STATUS[one.verdict] for one in found)
    summary = {
        "tests": len(found),
        **{status: counts[status] for status in STATUSES},
        "suites": len(report.exercises),
        "start": _milliseconds(occasion.ended - seconds),
        "stop": _milliseconds(occasion.ended),
        "duration": _milliseconds(seconds),
        "extra": {"score": report.score, "max_score": report.max_score},
    }
    results = {
        "tool": {
            "name": texts.one_line(report.tool.name),
            "version": texts.one_line(report.tool.version),
        },
        "summary": summary,
        "tests": [_test(entry) for entry in found],
        "extra": listed_tests.origin(report),
    }
    return texts.as_json({"reportFormat": "CTRF", "specVersion": "1.0.0", "results": results})


def _test(entry: Entry) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": f"{entry.exercise} / {entry.name}",
        "status": STATUS[entry.verdict],
        "rawStatus": entry.verdict,
        "duration": _milliseconds(entry.duration),
        "suite": [entry.exercise],
        "extra": {
            "points": entry.points,
            "max_points": entry.max_points,
            "says": entry.says,
            "cause": entry.cause,
        },
    }
    if entry.law is not None:
        test["device"] = texts.one_line(entry.law.device)
    if entry.verdict != "met":
        test["message"] = entry.reason
        test["trace"] = texts.cut(entry.text, MOST_TEXT)
    if entry.printed:
        test["stdout"] = texts.cut(entry.printed, MOST_TEXT).split("\n")
    return test


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)
