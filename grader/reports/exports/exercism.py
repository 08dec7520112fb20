"""Exercism: the results.json of a test runner, version 3.

https://exercism.org/docs/building/tooling/test-runners/interface
"""

from __future__ import annotations

from typing import Any

from grader.report_model import Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.plain_text import fault
from grader.reports.exports.run_context import Occasion

MOST_OUTPUT = 500
MOST_MESSAGE = 65_535
TRUNCATED = "Output was truncated. Please limit to 500 chars"


def results(report: Report, occasion: Occasion) -> str:
    """Return the results. With several exercises, each is a numbered task."""
    del occasion
    if not listed_tests.loads(report):
        return texts.as_json({"version": 3, "status": "error", "message": _faults(report), "tests": []})
    several = len(report.exercises) > 1
    tests = [
        _test(entry) | ({"task_id": number} if several else {})
        for number, exercise in enumerate(report.exercises, 1)
        for entry in listed_tests.shown(exercise)
    ]
    status = "pass" if listed_tests.all_met(report) else "fail"
    return texts.as_json({"version": 3, "status": status, "message": None, "tests": tests})


def _test(entry: Entry) -> dict[str, Any]:
    found = None if entry.law is None else entry.law.counterexample
    call = "" if found is None else f"\n{texts.visible(found.call)}"
    return {
        "name": entry.title,
        "status": _status(entry),
        "message": texts.cut(entry.text or entry.reason, MOST_MESSAGE) if entry.verdict != "met" else None,
        "output": _output(entry.printed) or None,
        "test_code": f"# {entry.says}{call}",
    }


def _status(entry: Entry) -> str:
    if entry.verdict == "met":
        return "pass"
    return "fail" if entry.cause == "wrong" else "error"


def _output(text: str) -> str:
    if len(text) <= MOST_OUTPUT:
        return text
    return text[: MOST_OUTPUT - len(TRUNCATED) - 1] + "\n" + TRUNCATED


def _faults(report: Report) -> str:
    found = [f"{one.id}: {fault(one.error)}" for one in report.exercises if one.error is not None]
    return texts.cut(texts.visible("\n\n".join(found)), MOST_MESSAGE)
