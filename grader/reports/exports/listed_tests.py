"""The tests of a report as platforms list them: one entry each, and one entry for all hidden ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.report_model import Cause, ExerciseResult, Property, Report, Verdict
from grader.reports import folded_devices
from grader.reports.exports import texts
from grader.reports.exports.plain_text import told, why
from grader.reports.wording import judged_on, named, points, word
from grader.sanitize import clean

HIDDEN = "hidden tests"


@dataclass(frozen=True)
class Entry:
    """One test, with everything that may be shown about it."""

    exercise: str
    name: str
    says: str
    verdict: Verdict
    cause: Cause | None
    reason: str
    points: float
    max_points: float
    duration: float
    text: str = ""
    # The output of the learner's code. Only the first failed entry of an exercise carries it.
    printed: str = ""
    # None if the entry stands for several tests.
    law: Property | None = None
    hidden: bool = False

    @property
    def title(self) -> str:
        """The name for platforms that know only passed and failed. It marks tests that did not run."""
        judged = " (not tested)" if self.verdict == "not judged" else ""
        return f"{self.exercise} / {self.name}{judged}"


def shown(exercise: ExerciseResult) -> list[Entry]:
    """Return the entries that a learner may read.

    One entry stands for all hidden tests, without their names and details.
    """
    entries = every(exercise)
    hidden = [one for one in entries if one.hidden]
    kept = [one for one in entries if not one.hidden]
    return [*kept, _together(hidden)] if hidden else kept


def every(exercise: ExerciseResult) -> list[Entry]:
    """Return an entry for each test, for platforms that hide entries themselves."""
    laws = folded_devices.folded(exercise.properties)
    secret = [one.id for one in laws if one.hidden]
    entries = [
        Entry(
            exercise=texts.one_line(exercise.id),
            name=texts.one_line(
                law.id if law.device == laws[0].device else f"{law.id} [{named(law.device)}]"
            ),
            says=texts.one_line(law.says),
            verdict=law.verdict,
            cause=law.cause,
            reason=texts.one_line(why(law, () if law.hidden else secret)),
            points=law.points,
            max_points=law.max_points,
            duration=law.duration,
            text=told(law, secret=() if law.hidden else secret),
            law=law,
            hidden=law.hidden,
        )
        for law in laws
    ]
    return _with_output(entries, exercise.stdout)


def everything_shown(report: Report) -> Iterator[Entry]:
    """Yield the entries that a learner may read, of all exercises."""
    for exercise in report.exercises:
        yield from shown(exercise)


def overview(report: Report) -> str:
    """Return the score and the devices, with the reasons for those that were not used."""
    met = sum(one.status == "met" for one in report.exercises)
    return texts.visible(
        f"{points(report.score)} of {points(report.max_score)} points, "
        f"{met} of {len(report.exercises)} exercises correct\n" + clean(judged_on(report.devices))
    )


def origin(report: Report) -> dict[str, Any]:
    """Return the facts that a report depends on, for formats that can contain them."""
    return {
        "seed": report.seed,
        "devices": {texts.one_line(name): texts.one_line(state) for name, state in report.devices.items()},
        "submission": {
            "name": texts.one_line(report.submission.name),
            "sha256": texts.one_line(report.submission.sha256),
        },
        "course": {
            "title": texts.one_line(report.course.title),
            "sha256": texts.one_line(report.course.sha256),
        },
    }


def all_met(report: Report) -> bool:
    """Return whether every exercise is correct."""
    return bool(report.exercises) and all(one.status == "met" for one in report.exercises)


def loads(report: Report) -> bool:
    """Return whether at least one of the submission's functions could be called."""
    return not report.exercises or any(
        one.error is None or any(law.verdict == "met" or law.counterexample for law in one.properties)
        for one in report.exercises
    )


def _together(hidden: Sequence[Entry]) -> Entry:
    verdicts = {one.verdict for one in hidden}
    worst: tuple[Verdict, ...] = ("not met", "not judged", "met")
    verdict = next(one for one in worst if one in verdicts)
    words = "" if verdict == "met" else f"{word(verdict)}: hidden tests are not shown"
    return Entry(
        exercise=hidden[0].exercise,
        name=HIDDEN,
        says="Tests that are not handed out with the exercise.",
        verdict=verdict,
        cause="wrong" if verdict == "not met" else None,
        reason=words,
        points=round(sum(one.points for one in hidden), 6),
        max_points=round(sum(one.max_points for one in hidden), 6),
        duration=sum(one.duration for one in hidden),
        text=words,
        hidden=True,
    )


def _with_output(entries: list[Entry], stdout: str) -> list[Entry]:
    unmet = (place for place, one in enumerate(entries) if one.verdict != "met" and not one.hidden)
    first = next(unmet, None)
    if first is not None and stdout.strip():
        entries[first] = replace(entries[first], printed=texts.visible(stdout.rstrip()))
    return entries
