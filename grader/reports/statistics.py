"""A cohort's statistics: one row per submission, and how often each exercise's tests were correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from grader.protocol import RunnerFailed
from grader.report_model import (
    Counterexample,
    CourseRecord,
    ExerciseResult,
    Kind,
    Learner,
    Misconception,
    Property,
    Record,
    Report,
    Tool,
    Verdict,
)
from grader.reports import folded_devices, mistake_cases
from grader.reports.marks import Marks


class AnswerTime(Record, frozen=True):
    """How long a call of a correct answer takes at one size, in seconds, and how long the reference takes.

    `spread` is the interquartile range divided by the median.
    """

    exercise: str
    size: int
    seconds: float
    spread: float
    reference: float | None = None


class Row(Record, frozen=True):
    """One submission: its points by exercise, and either its report or the reason why it has none."""

    name: str
    sha256: str | None
    report: str | None
    status: Verdict
    score: float
    exercises: dict[str, float]
    trouble: RunnerFailed | None = None
    # Exercises of the assignment that were not handed in.
    missing: tuple[str, ...] = ()
    # Exercises with a file that doesn't run to its end. This differs from a wrong answer.
    broken: tuple[str, ...] = ()
    # Exercises that were handed in and could not be tested, each with the reason.
    untested: dict[str, str] = msgspec.field(default_factory=dict)
    # Who submitted it, and what it is worth. The page for this learner, if one was written.
    learner: Learner | None = None
    marks: Marks | None = None
    page: str | None = None
    # How fast its correct answers are, if that was measured. It never changes the points.
    times: tuple[AnswerTime, ...] = ()


class LawTally(Record, frozen=True):
    """Counts for one test on one device, over all submissions that answer its exercise."""

    id: str
    says: str
    device: str
    met: int
    not_met: int
    not_judged: int
    hidden: bool


class MistakeTally(Record, frozen=True):
    """The number of submissions with a known mistake, and the message that these learners read.

    `case` is the smallest case that shows it, without anything that tells whose it is, and `test` the id
    of the test that found it.
    """

    slug: str
    name: str
    kind: Kind
    submissions: int
    message: str = ""
    case: Counterexample | None = None
    test: str = ""


class ExerciseTally(Record, frozen=True):
    """Counts for one exercise: answers, fully correct answers, results of each test, known mistakes."""

    id: str
    title: str
    max_score: float
    answered: int
    met: int
    mean: float
    properties: list[LawTally]
    mistakes: list[MistakeTally]


class Summary(Record, frozen=True):
    """The content of `summary.json` (format 1). `max_score` counts the exercises with at least one answer."""

    format: Literal[1]
    tool: Tool
    course: CourseRecord
    seed: int
    devices: dict[str, str]
    max_score: float
    submissions: list[Row]
    exercises: list[ExerciseTally]


class Tally:
    """Counts reports one by one, keeping only one row for each report."""

    def __init__(self, order: Sequence[str]) -> None:
        """Start empty. `order` lists the exercises in course order."""
        self._order = {name: place for place, name in enumerate(order)}
        self._rows: list[Row] = []
        self._exercises: dict[str, _Counted] = {}

    def add(self, name: str, place: str, report: Report) -> None:
        """Count a report. `place` is its path."""
        for result in report.exercises:
            self._exercises.setdefault(result.id, _Counted(result)).add(result)
        statuses = {result.status if result.handed_in else "not met" for result in report.exercises}
        self._rows.append(
            Row(
                name=name,
                sha256=report.submission.sha256,
                report=place,
                status=next((one for one in ("not met", "not judged") if one in statuses), "met"),
                score=report.score,
                exercises={result.id: result.score for result in report.exercises},
                missing=tuple(result.id for result in report.exercises if not result.handed_in),
                untested={
                    result.id: _reason(result)
                    for result in report.exercises
                    if result.status == "not judged" and result.handed_in
                },
                broken=tuple(
                    result.id
                    for result in report.exercises
                    if result.error is not None and result.status != "met"
                ),
            )
        )

    def add_trouble(self, name: str, trouble: RunnerFailed) -> None:
        """Count a submission that couldn't be graded."""
        self._rows.append(
            Row(
                name=name,
                sha256=None,
                report=None,
                status="not judged",
                score=0.0,
                exercises={},
                trouble=trouble,
            )
        )

    def summary(self, tool: Tool, course: CourseRecord, seed: int, devices: dict[str, str]) -> Summary:
        """Return the statistics of all counted reports."""
        exercises = [
            self._exercises[name].tally()
            for name in sorted(self._exercises, key=lambda name: self._order.get(name, len(self._order)))
        ]
        return Summary(
            format=1,
            tool=tool,
            course=course,
            seed=seed,
            devices=devices,
            max_score=round(sum(one.max_score for one in exercises), 6),
            submissions=self._rows,
            exercises=exercises,
        )


def _reason(result: ExerciseResult) -> str:
    """Return why an exercise could not be tested."""
    return next((one.reason for one in result.properties if one.reason), "")


class _Counted:
    """The running counts of one exercise."""

    def __init__(self, first: ExerciseResult) -> None:
        self._first = first
        self._answered = self._met = 0
        self._points = self._most = 0.0
        self._laws: dict[tuple[str, str], Property] = {}
        self._verdicts: Counter[tuple[str, str, Verdict]] = Counter()
        self._mistakes: dict[str, Misconception] = {}
        self._found: Counter[str] = Counter()
        self._cases: dict[str, tuple[Counterexample, str]] = {}

    def add(self, result: ExerciseResult) -> None:
        self._most = max(self._most, result.max_score)
        if not result.handed_in:
            return
        self._answered += 1
        self._met += result.status == "met"
        self._points += result.score
        for one in folded_devices.folded(result.properties):
            self._laws.setdefault((one.id, one.device), one)
            self._verdicts[one.id, one.device, one.verdict] += 1
        known = {one.misconception.slug: one.misconception for one in result.properties if one.misconception}
        self._mistakes |= known
        self._found.update(list(known))
        for one in result.properties:
            self._keep_case(one)

    def _keep_case(self, one: Property) -> None:
        """Keep the test's case if it shows its mistake better than those of earlier submissions."""
        found = mistake_cases.anonymous(one)
        if one.misconception is None or found is None:
            return
        kept, _ = self._cases.setdefault(one.misconception.slug, (found, one.id))
        if mistake_cases.rank(found) < mistake_cases.rank(kept):
            self._cases[one.misconception.slug] = found, one.id

    def tally(self) -> ExerciseTally:
        return ExerciseTally(
            id=self._first.id,
            title=self._first.title,
            max_score=self._most,
            answered=self._answered,
            met=self._met,
            mean=round(self._points / max(self._answered, 1), 4),
            properties=[self._law(key, one) for key, one in self._laws.items()],
            mistakes=[
                self._mistake(self._mistakes[slug])
                for slug in sorted(self._mistakes, key=lambda slug: (-self._found[slug], slug))
            ],
        )

    def _mistake(self, one: Misconception) -> MistakeTally:
        case, test = self._cases.get(one.slug, (None, ""))
        return MistakeTally(
            slug=one.slug,
            name=one.name,
            kind=one.kind,
            submissions=self._found[one.slug],
            message=one.message,
            case=case,
            test=test,
        )

    def _law(self, key: tuple[str, str], one: Property) -> LawTally:
        met, not_met, not_judged = (
            self._verdicts[(*key, verdict)] for verdict in ("met", "not met", "not judged")
        )
        return LawTally(
            id=one.id,
            says=one.says,
            device=one.device,
            met=met,
            not_met=not_met,
            not_judged=not_judged,
            hidden=one.hidden,
        )


def most_missed(summary: Summary, most: int) -> list[tuple[ExerciseTally, LawTally]]:
    """Return the tests that failed most often."""
    laws: Iterable[tuple[ExerciseTally, LawTally]] = (
        (exercise, law) for exercise in summary.exercises for law in exercise.properties if law.not_met
    )
    return sorted(laws, key=lambda both: -both[1].not_met)[:most]


def most_made(summary: Summary, most: int) -> list[tuple[ExerciseTally, MistakeTally]]:
    """Return the most frequent known mistakes."""
    made = ((exercise, one) for exercise in summary.exercises for one in exercise.mistakes)
    return sorted(made, key=lambda both: -both[1].submissions)[:most]
