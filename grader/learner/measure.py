"""`grade measure`: how long a function takes as its inputs grow, beside the reference and other ways."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.exercises import Exercise, read_text
from grader.learner.state import kept_measurements
from grader.measure_model import REFERENCE, YOURS, Contender, ContenderKind, MeasuredPoint, Measurement
from grader.measure_settings import MeasureSettings, amount
from grader.protocol import (
    MeasureJob,
    RunnerCompared,
    RunnerFinished,
    RunnerMeasured,
    RunnerMeasurement,
    RunnerOpened,
    RunnerStopped,
)
from grader.report_model import ExerciseResult
from grader.reports import measure_page, measure_terminal, report_json, terminal
from grader.service import commits, grading
from grader.service.measuring_client import measured
from grader.service.runner_connection import RunOptions, runner_lost
from grader.source_text import SourceText
from grader.submission import syntax
from grader.submission.discovery import SubmissionText, read_submission

SAYS = {YOURS: "Your answer.", REFERENCE: "The reference solution."}
# The test that an answer must pass before its speed means anything.
VALUES = "values"


@dataclass(frozen=True)
class MeasureOptions:
    """Which submission, how long, and what to write."""

    submission: Path | None = None
    seconds: float = 10.0
    json: str | None = None
    html: Path | None = None


def measure(name: str, course: Course, options: RunOptions, chosen: MeasureOptions, console: Console) -> int:
    """Measure a correct answer and show the result. Return 1 if the answer isn't correct."""
    exercise = course.exercise(name)
    if exercise.settings.measure is None:
        raise _not_measured(course, exercise)
    text = read_submission(chosen.submission or course.learners_folder, course, [exercise.id])
    source = text.files[0].source
    with console.status("testing ..."):
        result = _graded(course, text, options)
    if not _has_right_values(result):
        terminal.show_exercise(result, console, source, only_first=True)
        console.print(
            "\nNot measured: first make the values correct. A wrong answer can be fast.", style="bold"
        )
        return 1
    job = MeasureJob(exercise=exercise.id, source=source, seconds=chosen.seconds)
    run = Measuring(exercise, exercise.settings.measure, source)
    # Ctrl-C ends the measurement, and what is there is shown.
    with suppress(KeyboardInterrupt), console.status("measuring ...") as status:
        for line in run.heard(measured(course, [job], options)):
            status.update(line)
    found = run.measurement()
    if found.agrees:
        kept_measurements.keep(course, chosen.submission or course.learners_folder, found)
    return _delivered(found, chosen, console)


def _graded(course: Course, text: SubmissionText, options: RunOptions) -> ExerciseResult:
    for message in grading.judge(course, text, options, course.settings.seed):
        if isinstance(message, RunnerFinished):
            return message.result
    raise runner_lost()


def _has_right_values(result: ExerciseResult) -> bool:
    """Return whether the values are correct. An exercise without such a test must be correct as a whole."""
    values = [one for one in result.properties if one.id == VALUES and not one.evidence]
    return all(one.verdict == "met" for one in values) if values else result.status == "met"


def _delivered(found: Measurement, chosen: MeasureOptions, console: Console) -> int:
    measure_terminal.show(found, console)
    if chosen.json is not None:
        report_json.deliver(found, chosen.json)
    if chosen.html is not None:
        report_json.write(measure_page.page(found).encode(), chosen.html, option="--html")
    return 0 if found.agrees else 1


@dataclass
class Measuring:
    """A measurement as its messages arrive. At each moment, what is there can be shown."""

    exercise: Exercise
    settings: MeasureSettings
    source: SourceText
    points: dict[str, dict[int, MeasuredPoint]] = field(default_factory=dict)
    stopped: dict[str, str] = field(default_factory=dict)
    opened: RunnerOpened | None = None
    compared: RunnerCompared = field(default_factory=lambda: RunnerCompared(size=None, agrees=True))

    def heard(self, messages: Iterable[RunnerOpened | RunnerMeasurement]) -> Iterator[str]:
        """Take in the messages. Yield a line for each, for people who wait."""
        for message in messages:
            if isinstance(message, RunnerMeasured):
                self.points.setdefault(message.contender, {})[message.point.size] = message.point
                yield f"measuring {message.contender}, n = {message.point.size} ..."
            elif isinstance(message, RunnerStopped):
                self.stopped[message.contender] = message.why
            elif isinstance(message, RunnerOpened):
                self.opened = message
            else:
                self.compared = message

    def measurement(self) -> Measurement:
        """Return what was measured so far."""
        opened = self.opened
        if opened is None:
            raise runner_lost()
        sizes = sorted({size for points in self.points.values() for size in points})
        formula = self.settings.operations
        return Measurement(
            format=1,
            tool=commits.tool(),
            exercise=self.exercise.id,
            title=self.exercise.title,
            function=self.settings.function,
            sha256=kept_measurements.digest_of(self.source),
            size=self.settings.size,
            device=next(iter(opened.devices)),
            environment=opened.environment,
            contenders=list(self._contenders()),
            operations={size: _number(formula, size) for size in sizes} if formula else {},
            compared=self.compared.size,
            agrees=self.compared.agrees,
        )

    def _contenders(self) -> Iterator[Contender]:
        for name in (YOURS, REFERENCE, *self.settings.rivals):
            points = self.points.get(name, {})
            if points or name in self.stopped:
                text = self._text(name)
                yield Contender(
                    name=name,
                    says=SAYS.get(name) or says_of(text),
                    kind=_kind(name),
                    points=[points[size] for size in sorted(points)],
                    stopped=self.stopped.get(name, ""),
                    loops=syntax.loop_depths(text).get(self.settings.function, 0),
                )

    def _text(self, name: str) -> str:
        if name == YOURS:
            return self.source.text
        return read_text(self.exercise.solution if name == REFERENCE else self.exercise.rival(name))


def says_of(text: str) -> str:
    """Return the first line of a rival's docstring: the sentence about it."""
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


def _kind(name: str) -> ContenderKind:
    return "yours" if name == YOURS else "reference" if name == REFERENCE else "rival"


def _number(formula: str, size: int) -> float:
    found = amount(formula, size)
    return 0.0 if isinstance(found, tuple) else float(found)


def _not_measured(course: Course, exercise: Exercise) -> GraderError:
    measured = [one.id for one in course.exercises.values() if one.settings.measure is not None]
    return UsageError(
        "not-measured",
        found=f"{exercise.id} has no table [measure] in its exercise.toml",
        where="grade measure",
        expected=f"one of {', '.join(measured)}" if measured else "an exercise with such a table",
        remedy="choose another exercise",
    )
