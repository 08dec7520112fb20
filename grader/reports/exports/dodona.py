"""Dodona: the output of a judge, with a tab per exercise and a context per test.

https://docs.dodona.be/en/references/judge-output/
"""

from __future__ import annotations

from typing import Any

from grader.report_model import Cause, ExerciseResult, Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.plain_text import sides
from grader.reports.exports.run_context import Occasion
from grader.reports.folded_devices import folded

STATUS: dict[Cause | None, str] = {
    "wrong": "wrong",
    "error": "runtime error",
    "forbidden": "runtime error",
    "timeout": "time limit exceeded",
    "memory": "memory limit exceeded",
}
SYNTAX = {"SyntaxError", "IndentationError", "TabError"}
MOST_TEXT = 10_000
MOST_ANNOTATIONS = 50


def output(report: Report, occasion: Occasion) -> str:
    """Return the judge's output. Hidden tests go on tabs that only staff see."""
    del occasion
    tabs = [tab for exercise in report.exercises for tab in _tabs(exercise)]
    document = {
        "accepted": listed_tests.all_met(report),
        "status": _status(report),
        "description": texts.one_line(listed_tests.overview(report)),
        "groups": tabs,
    }
    # Dodona takes one file, so rows are only clear for one exercise.
    if len(report.exercises) == 1:
        document["annotations"] = _annotations(report.exercises[0])
    return texts.as_json(document)


def _status(report: Report) -> str:
    if listed_tests.all_met(report):
        return "correct"
    if not listed_tests.loads(report) and all(
        one.error and one.error.type in SYNTAX for one in report.exercises
    ):
        return "compilation error"
    wrong = [law for one in report.exercises for law in folded(one.properties) if law.verdict == "not met"]
    # The learner isn't at fault if this machine couldn't test.
    return STATUS.get(wrong[0].cause, "wrong") if wrong else "internal error"


def _tabs(exercise: ExerciseResult) -> list[dict[str, Any]]:
    found = listed_tests.every(exercise)
    tabs = []
    for hidden in (False, True):
        kept = [one for one in found if one.hidden == hidden]
        if kept:
            tabs.append(
                {
                    "description": texts.one_line(exercise.id) + (" (hidden)" if hidden else ""),
                    "badgeCount": sum(one.verdict == "not met" for one in kept),
                    "permission": "staff" if hidden else "student",
                    "groups": [_context(one) for one in kept],
                }
            )
    return tabs


def _context(entry: Entry) -> dict[str, Any]:
    accepted = entry.verdict == "met"
    judged = " (not tested)" if entry.verdict == "not judged" else ""
    case: dict[str, Any] = {"accepted": accepted, "description": _plain(entry.says), "tests": _tests(entry)}
    if entry.text:
        case["messages"] = [_code(entry.text)]
    if entry.printed:
        case.setdefault("messages", []).append(_code(f"your program printed:\n{entry.printed}"))
    return {"accepted": accepted, "description": _plain(f"{entry.name}{judged}"), "groups": [case]}


def _tests(entry: Entry) -> list[dict[str, Any]]:
    found = None if entry.law is None else entry.law.counterexample
    compared = None if found is None else sides(found)
    if found is None or compared is None:
        return []
    generated, expected = (texts.cut(side, MOST_TEXT) for side in compared)
    return [
        {
            "accepted": False,
            "description": _code(texts.one_line(found.call)),
            "generated": generated,
            "expected": expected,
        }
    ]


def _annotations(exercise: ExerciseResult) -> list[dict[str, Any]]:
    places: list[tuple[int, str]] = []
    error = exercise.error
    if error is not None and error.line is not None and error.cell is None:
        places.append((error.line, f"{error.type}: {error.message}"))
    for entry in listed_tests.shown(exercise):
        found = None if entry.law is None else entry.law.counterexample
        if found is not None and found.line is not None and found.cell is None and entry.verdict == "not met":
            places.append((found.line, f"{entry.name}: {entry.reason}"))
    return [
        {"row": max(0, line - 1), "text": texts.cut(texts.one_line(text), 500), "type": "error"}
        for line, text in places[:MOST_ANNOTATIONS]
    ]


def _plain(text: str) -> dict[str, str]:
    return {"format": "plain", "description": texts.cut(text, MOST_TEXT)}


def _code(text: str) -> dict[str, str]:
    return {"format": "code", "description": texts.cut(text, MOST_TEXT)}
