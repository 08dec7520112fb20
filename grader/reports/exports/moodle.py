"""Moodle: a CSV for the grade import, where a teacher maps the columns.

https://docs.moodle.org/en/Grade_import
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report_model import ExerciseResult, Report, Verdict
from grader.reports.exports import gradebooks, listed_tests
from grader.reports.exports.texts import cell
from grader.reports.folded_devices import folded
from grader.reports.wording import points, word


def gradebook(reports: Sequence[Report]) -> str:
    """Return the gradebook: the folder's name as the username, and a grade and feedback per exercise."""
    return gradebooks.table(_rows(gradebooks.by_learner(reports)))


def feedback(exercise: ExerciseResult) -> str:
    """Return one line about an exercise, without any of the learner's text."""
    found = listed_tests.shown(exercise)
    parts = [f"{points(exercise.score)} of {points(exercise.max_score)} points"]
    verdicts: tuple[Verdict, ...] = ("not met", "not judged")
    for verdict in verdicts:
        names = [one.name for one in found if one.verdict == verdict]
        if names:
            parts.append(f"{word(verdict)}: {', '.join(names)}")
    laws = [one for one in folded(exercise.properties) if not one.hidden]
    known = list(dict.fromkeys(one.misconception.name for one in laws if one.misconception is not None))
    return cell("; ".join([*parts, *known]))


def _rows(reports: dict[str, Report]) -> Iterator[list[str]]:
    worth = gradebooks.columns(reports.values())
    heads = (f"{kind}: {one}" for one in worth for kind in ("Assignment", "Feedback"))
    yield ["Username", *map(cell, heads)]
    for name, report in reports.items():
        done = gradebooks.answers(report)
        yield [cell(name), *(part for one in worth for part in _pair(done.get(one)))]


def _pair(exercise: ExerciseResult | None) -> list[str]:
    if exercise is None:
        return ["", "not handed in"]
    return [gradebooks.number(exercise.score), feedback(exercise)]
