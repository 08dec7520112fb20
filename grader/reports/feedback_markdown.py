"""Writes what a learner gets back as plain Markdown, for platforms and editors that show no HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from grader.report_model import KINDS, ExerciseResult, Misconception, Property
from grader.reports import wording
from grader.reports.exports import texts
from grader.reports.exports.plain_text import fault, told
from grader.reports.feedback_page import GivenBack
from grader.reports.marks_text import of_points
from grader.reports.wording import points, standing, word

# More than a learner reads, and small enough for an email.
MOST_BYTES = 300_000
MOST_PRINTED = 2_000
# Some reasons begin with the words that stand before them here.
NOT_YET = "Not tested yet. "


def document(told_back: GivenBack) -> str:
    """Return the document: the marks, a table of the exercises, and what to fix in each wrong one."""
    return texts.fitted(lambda detail: "\n".join(_document(told_back, detail)) + "\n", MOST_BYTES)


def _document(told_back: GivenBack, detail: int) -> Iterator[str]:
    report = told_back.report
    yield f"# {of_points(told_back.total, told_back.out_of)}"
    yield ""
    yield f"{texts.markdown(told_back.name)}, {texts.markdown(report.course.title)}"
    for sentence in told_back.explanations:
        yield ""
        yield texts.markdown(sentence)
    if told_back.handed_in:
        yield ""
        yield f"Handed in: {texts.markdown(told_back.handed_in)}"
    yield ""
    yield from _table(told_back)
    for exercise in report.exercises:
        if exercise.status != "met":
            yield ""
            yield from _section(exercise, detail)


def _table(told_back: GivenBack) -> Iterator[str]:
    marked = told_back.marks is not None
    yield "| exercise | result | tests | points |" if marked else "| exercise | result | points |"
    yield "|---|---|---|---|" if marked else "|---|---|---|"
    for one in told_back.report.exercises:
        name = f"{texts.markdown(one.id)}: {texts.markdown(one.title)}"
        cells = [name, standing(one), f"{points(one.score)} of {points(one.max_score)}"]
        yield f"| {' | '.join([*cells, told_back.marked(one)] if marked else cells)} |"


def _section(exercise: ExerciseResult, detail: int) -> Iterator[str]:
    yield f"## {texts.markdown(exercise.id)}"
    if exercise.error is not None:
        yield from _block(fault(exercise.error), detail)
        for known in wording.known_of_error(exercise):
            yield from _known(known)
    for group in wording.by_cause(wording.worth_explaining(exercise)):
        yield ""
        yield from _cause(group, detail)
    for reason, where, names in wording.reasons(exercise.properties):
        yield ""
        why = texts.markdown(reason.removeprefix(NOT_YET))
        yield f"Not tested{where}: {', '.join(map(texts.markdown, names))}. {why}"
    if printed := exercise.stdout.rstrip():
        yield ""
        yield "Your program printed:"
        yield from _block(texts.visible(printed), min(detail, MOST_PRINTED))


def _cause(group: Sequence[Property], detail: int) -> Iterator[str]:
    """Yield the explanation of one cause: the first test's case, and the other tests that fail with it."""
    law, *others = group
    name = texts.markdown(law.id) + texts.markdown(wording.elsewhere(law))
    yield f"### {name}: {word(law.verdict)}, {of_points(law.points, law.max_points)}"
    yield ""
    yield texts.markdown(law.says)
    yield from _block(told(structs.replace(law, misconception=None)), detail)
    if law.misconception is not None:
        yield from _known(law.misconception)
    place = wording.place(law.counterexample)
    if place is not None and place.name not in (law.reason or ""):
        yield ""
        yield f"Your {place.name}."
    if others:
        names = ", ".join(texts.markdown(one.id + wording.elsewhere(one)) for one in others)
        yield ""
        yield f"Wrong for the same reason: {names}."


def _known(known: Misconception) -> Iterator[str]:
    yield ""
    yield f"**{KINDS[known.kind]}: {texts.markdown(known.name)}.** {texts.markdown(known.message)}"


def _block(text: str, most: int) -> Iterator[str]:
    yield ""
    yield texts.fenced(texts.cut(text, most))
