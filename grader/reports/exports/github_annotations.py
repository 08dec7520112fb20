"""GitHub Actions: annotations on the learner's lines, as workflow commands.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.report_model import ExerciseResult, Report
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.listed_tests import Entry
from grader.reports.exports.plain_text import fault
from grader.reports.exports.run_context import Occasion

# GitHub shows ten of each kind from one step.
MOST_LINES = 10
MOST_MESSAGE = 4_000
SUFFIXES = {".py", ".ipynb"}


def commands(report: Report, occasion: Occasion) -> str:
    """Return at most ten workflow commands, one per line: one for each of the learner's wrong lines."""
    found: list[str] = []
    for exercise in report.exercises:
        found += _blamed(exercise, _file(report, exercise, occasion))
    shown = found if len(found) <= MOST_LINES else found[: MOST_LINES - 1]
    if len(found) > len(shown):
        more = f"{len(found) - len(shown)} more places: see the summary of this job"
        shown.append(_command({"title": "and more"}, more))
    return "".join(f"{one}\n" for one in shown)


def _file(report: Report, exercise: ExerciseResult, occasion: Occasion) -> str:
    """Return the file with the answer to an exercise, as a path from the repository's root.

    The lines of a notebook file are JSON, so its annotations have no line number.
    """
    place = PurePosixPath(report.submission.name)
    workspace = occasion.variables.get("GITHUB_WORKSPACE")
    if workspace and place.is_relative_to(workspace):
        place = place.relative_to(workspace)
    return str(place if place.suffix in SUFFIXES else place / f"{exercise.id}.py")


def _blamed(exercise: ExerciseResult, file: str) -> Iterator[str]:
    """Yield a command for each line, with everything that is wrong there."""
    error = exercise.error
    if error is not None:
        yield _at(file, error.line, error.cell, f"{exercise.id}: {error.type}", fault(error))
    lines: dict[tuple[int, int | None], list[Entry]] = {}
    for one in listed_tests.shown(exercise):
        found = None if one.law is None else one.law.counterexample
        if one.verdict == "not met" and found is not None and found.line is not None:
            lines.setdefault((found.line, found.cell), []).append(one)
    for (line, cell), several in lines.items():
        names = ", ".join(one.name for one in several)
        message = "\n\n".join(f"{one.name}: {one.says}\n{one.text}" for one in several)
        yield _at(file, line, cell, f"{exercise.id}: {names} wrong", message)


def _at(file: str, line: int | None, cell: int | None, title: str, message: str) -> str:
    if cell is not None:
        return _command({"title": f"{title} (cell {cell}, line {line})"}, message)
    places = {"file": file} if line is None else {"file": file, "line": str(line)}
    return _command({**places, "title": title}, message)


def _command(properties: dict[str, str], message: str) -> str:
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {named}::{_value(texts.cut(message, MOST_MESSAGE))}"


def _value(text: str) -> str:
    return texts.visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")
