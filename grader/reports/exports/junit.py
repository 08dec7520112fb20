"""JUnit XML as most CI systems read it: a suite per exercise, a case per test."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.report_model import ExerciseResult, Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.run_context import Occasion

MOST_TEXT = 20_000


def document(report: Report, occasion: Occasion) -> str:
    """Return the report as JUnit XML: a test that did not run is skipped, one that raised is an error."""
    del occasion
    found = [(one, listed_tests.shown(one)) for one in report.exercises]
    root = Element("testsuites", name=texts.one_line(report.course.title))
    _count(root, [entry for _, several in found for entry in several], _seconds(report.exercises))
    for exercise, several in found:
        suite = SubElement(root, "testsuite", name=texts.one_line(exercise.id))
        _count(suite, several, exercise.duration)
        suite.set("skipped", str(sum(one.verdict == "not judged" for one in several)))
        for entry in several:
            _case(suite, entry)
        if exercise.stdout.strip():
            SubElement(suite, "system-out").text = texts.cut(texts.visible(exercise.stdout), MOST_TEXT)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _count(element: Element, found: list[Entry], seconds: float) -> None:
    element.set("tests", str(len(found)))
    element.set("failures", str(sum(_kind(one) == "failure" for one in found)))
    element.set("errors", str(sum(_kind(one) == "error" for one in found)))
    element.set("time", f"{seconds:.3f}")


def _case(suite: Element, entry: Entry) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=entry.exercise,
        name=entry.name,
        time=f"{entry.duration:.3f}",
    )
    kind = _kind(entry)
    if kind is not None:
        message = texts.cut(entry.reason, MOST_TEXT)
        problem = SubElement(case, kind, message=message, type=entry.cause or entry.verdict)
        problem.text = f"{entry.says}\n\n{texts.cut(entry.text, MOST_TEXT)}"


def _kind(entry: Entry) -> str | None:
    if entry.verdict == "met":
        return None
    if entry.verdict == "not judged":
        return "skipped"
    return "failure" if entry.cause == "wrong" else "error"


def _seconds(exercises: list[ExerciseResult]) -> float:
    return sum(one.duration for one in exercises)
