"""The mistakes that are most worth a lecture, each with a case to show."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report_model import KINDS, Counterexample
from grader.reports import comparisons, kernel_overlay, sum_text
from grader.reports.comparisons import Side
from grader.reports.kernel_overlay import Footprint
from grader.reports.statistics import ExerciseTally, MistakeTally, Summary

MOST_LESSONS = 3
# A case has at most 64 entries, so this draws all of a square one.
SIDE = 16


@dataclass(frozen=True)
class DrawnCase:
    """A case that one learner's submission failed on, drawn as in that learner's report.

    `says` is what must be true in this case.
    """

    says: str
    call: str
    inputs: list[str]
    sides: list[Side]
    worked: str
    footprint: Footprint | None


@dataclass(frozen=True)
class Lesson:
    """A frequent mistake in an exercise, and a case that shows it, if there is one to show."""

    exercise: ExerciseTally
    mistake: MistakeTally
    shown: DrawnCase | None


def lessons(summary: Summary) -> list[Lesson]:
    """Return at most three mistakes: known mistakes before conventions, the most frequent first.

    Each is from another exercise, unless fewer than three exercises have mistakes.
    """
    made = sorted(
        ((exercise, one) for exercise in summary.exercises for one in exercise.mistakes),
        key=lambda both: (list(KINDS).index(both[1].kind), -both[1].submissions),
    )
    first = {exercise.id: (exercise, one) for exercise, one in reversed(made)}
    # The first mistakes of all exercises, then the other ones, each in the order above.
    made.sort(key=lambda both: both not in first.values())
    chosen = made[:MOST_LESSONS]
    return [
        Lesson(exercise, one, _drawn(one.case, _says(exercise, one.test)) if one.case else None)
        for exercise, one in chosen
    ]


def _says(exercise: ExerciseTally, test: str) -> str:
    return next((law.says for law in exercise.properties if law.id == test), "")


def _drawn(found: Counterexample, says: str) -> DrawnCase:
    return DrawnCase(
        says,
        found.call,
        comparisons.inputs(found),
        comparisons.sides(found, SIDE),
        sum_text.sentence(found.window) if found.window else "",
        kernel_overlay.footprint(found, SIDE),
    )
