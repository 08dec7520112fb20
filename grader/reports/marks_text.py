"""The marks of a submission in words: the late rule, the changes by hand, and what isn't final."""

from __future__ import annotations

from collections.abc import Iterator

from grader.reports.marks import Lateness, Marks, Override
from grader.reports.wording import points


def of_points(earned: float, most: float) -> str:
    """Return points in words, such as `7.5 of 10 points`."""
    return f"{points(earned)} of {_counted(points(most), 'point')}"


def explanations(marks: Marks) -> Iterator[str]:
    """Yield one sentence for each reason why the points differ from those of the tests."""
    if marks.lateness is not None and marks.lateness.late:
        yield _late(marks, marks.lateness)
    for change in marks.overrides:
        yield _changed(change)
    if not marks.judged:
        yield "Not everything could be tested, so the points aren't final."


def _late(marks: Marks, late: Lateness) -> str:
    by = f" by {_counted(str(late.days), 'day')}" if late.days else ""
    if not late.share:
        return f"Late{by}: nothing is deducted."
    percent = f"{round(100 * late.share, 2):g} %"
    return f"Late{by}: {of_points(marks.earned, marks.out_of)} before, {percent} deducted."


def _changed(change: Override) -> str:
    given = _counted(points(change.points), "point")
    act = "given by hand" if change.before is None else f"instead of {points(change.before)}, changed by hand"
    comment = " ".join(change.comment.split())
    return f"{change.exercise}: {given} {act}{f' ({comment})' if comment else ''}."


def _counted(number: str, noun: str) -> str:
    return f"{number} {noun}" if number == "1" else f"{number} {noun}s"
