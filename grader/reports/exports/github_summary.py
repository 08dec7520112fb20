"""GitHub Actions: the summary of a job, in Markdown.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.report_model import ExerciseResult, Report, Verdict
from grader.reports.exports import listed_tests, texts
from grader.reports.exports.plain_text import fault
from grader.reports.exports.run_context import Occasion
from grader.reports.wording import points, word

# Above 1024 KiB GitHub drops the whole summary, and other steps of the job write to it too.
MOST_BYTES = 900_000
MOST_PRINTED = 4_000
MARKS: dict[Verdict, str] = {"met": "✅", "not met": "❌", "not judged": "⚪"}


def summary(report: Report, occasion: Occasion) -> str:
    """Return the summary: a table of the exercises, and what to fix in each wrong one."""
    del occasion
    return texts.fitted(lambda detail: "\n".join(_summary(report, detail)) + "\n", MOST_BYTES)


def _summary(report: Report, detail: int) -> Iterator[str]:
    score, *where = listed_tests.overview(report).split("\n")
    yield f"## {texts.markdown(score)}"
    yield ""
    yield texts.markdown(" ".join(where))
    yield ""
    yield "| | exercise | points | result |"
    yield "|---|---|---|---|"
    for one in report.exercises:
        name = f"{texts.markdown(one.id)}: {texts.markdown(one.title)}"
        earned = f"{points(one.score)} of {points(one.max_score)}"
        yield f"| {MARKS[one.status]} | {name} | {earned} | {word(one.status)} |"
    for one in report.exercises:
        if one.status != "met":
            yield ""
            yield from _section(one, detail)


def _section(exercise: ExerciseResult, detail: int) -> Iterator[str]:
    yield f"### {texts.markdown(exercise.id)}"
    if exercise.error is not None:
        yield ""
        yield texts.fenced(texts.cut(fault(exercise.error), detail))
    for one in listed_tests.shown(exercise):
        if one.verdict != "met":
            yield ""
            earned = f"{points(one.points)} of {points(one.max_points)}"
            yield f"{MARKS[one.verdict]} **{texts.markdown(one.name)}** ({earned}) {texts.markdown(one.says)}"
            yield ""
            yield texts.fenced(texts.cut(one.text, detail))
        if one.printed:
            yield ""
            yield "Your program printed:"
            yield ""
            yield texts.fenced(texts.cut(one.printed, min(detail, MOST_PRINTED)))
