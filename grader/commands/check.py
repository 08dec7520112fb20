"""`grade check`: prove an exercise by its reference, its stub, its variants and its known mistakes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
from rich.console import Console
from rich.text import Text

from grader.commands import grade
from grader.course import Course
from grader.errors import GraderError
from grader.exercises import Exercise, read_text
from grader.records import ExerciseResult, Record
from grader.reports import score
from grader.sandbox.sources import SubmittedFile

Role = Literal["reference", "stub", "variant", "misconception"]
FEWEST_HINTS = 3


class Complaint(Record, frozen=True):
    """Something an exercise's author must mend."""

    exercise: str
    path: str
    found: str
    remedy: str


class Kill(Record, frozen=True):
    """One wrong solution, and the properties that caught it."""

    misconception: str
    name: str
    named: list[str]
    caught_by: list[str]


class Proof(Record, frozen=True):
    """What was found about one exercise."""

    exercise: str
    properties: list[str]
    kills: list[Kill]
    complaints: list[Complaint]


class CheckReport(Record, frozen=True):
    """What `grade check --json` writes (format 1)."""

    format: Literal[1]
    exercises: list[Proof]


@dataclass(frozen=True)
class Trial:
    """A solution of the reference tree, and the part that it plays."""

    role: Role
    path: Path


@dataclass
class _Findings:
    exercise: Exercise
    properties: list[str] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, path: Path, found: str, remedy: str) -> None:
        self.complaints.append(
            Complaint(exercise=self.exercise.id, path=str(path), found=found, remedy=remedy)
        )


def check(course: Course, names: tuple[str, ...], console: Console, *, json: str | None = None) -> int:
    """Prove the exercises, print their kill matrices, and return 0 when there is nothing to mend."""
    chosen = [course.exercise(name) for name in names] or list(course.exercises.values())
    trials = [(exercise, trial) for exercise in chosen for trial in _trials(exercise)]
    files = tuple(
        SubmittedFile(exercise.id, read_text(trial.path), f"{exercise.id}.py") for exercise, trial in trials
    )
    findings = {exercise.id: _Findings(exercise) for exercise in chosen}
    for exercise in chosen:
        _proofread(findings[exercise.id])
    with console.status("importing torch ...") as status:
        results = grade.judge_all(
            course,
            files,
            grade.RunOptions(device="cpu"),
            seed=course.settings.seed,
            tell=lambda done: status.update(f"judged {done} of {len(files)} solutions"),
        )
    for (exercise, trial), result in zip(trials, results, strict=True):
        _weigh(findings[exercise.id], trial, result)
    for found in findings.values():
        _unkilled(found)
        _show(found, console)
    report = CheckReport(
        format=1,
        exercises=[
            Proof(exercise=name, properties=f.properties, kills=f.kills, complaints=f.complaints)
            for name, f in findings.items()
        ],
    )
    _write(report, json)
    return 1 if any(found.complaints for found in findings.values()) else 0


def _trials(exercise: Exercise) -> list[Trial]:
    if not exercise.solution.is_file():
        raise GraderError(
            "no-reference",
            found=f"`{exercise.id}` has no reference solution",
            where=str(exercise.solution),
            expected="a file that defines the stub's functions",
            remedy="write it; in a learners' copy of a course there is none, and nothing to check",
        )
    return [
        Trial("reference", exercise.solution),
        Trial("stub", exercise.stub),
        *(Trial("variant", path) for path in exercise.variants),
        *(Trial("misconception", wrong.path) for wrong in exercise.misconceptions),
    ]


def _proofread(found: _Findings) -> None:
    """Look at what can be judged without running anything."""
    exercise = found.exercise
    statement = read_text(exercise.statement)
    if "$" not in statement and "```" not in statement:
        found.complain(
            exercise.statement, "a statement without a formula", "write the formula between $ signs"
        )
    for function in exercise.functions:
        if f"{function}(" not in statement:
            found.complain(
                exercise.statement,
                f"a statement that never says `{function}(...)`",
                "write the call and its shapes",
            )
    if "example" not in statement.lower():
        found.complain(exercise.statement, "a statement without a worked example", "work one out by hand")
    if len(exercise.hints) < FEWEST_HINTS:
        found.complain(
            exercise.statement,
            f"{len(exercise.hints)} hints",
            f"write at least {FEWEST_HINTS} under `## Hints`, numbered, mildest first",
        )


def _weigh(found: _Findings, trial: Trial, result: ExerciseResult) -> None:
    if not found.properties:
        found.properties = [one.id for one in result.properties]
    failed = [one.id for one in result.properties if one.verdict != "met"]
    if trial.role in {"reference", "variant"}:
        if failed:
            why = next(one.reason for one in result.properties if one.verdict != "met")
            found.complain(
                trial.path, f"a right solution that fails {', '.join(failed)}: {why}", "mend one of the two"
            )
    elif trial.role == "stub":
        reasons = [one.reason or "" for one in result.properties if one.verdict != "met"]
        if result.score or not all("not implemented yet" in reason for reason in reasons):
            found.complain(
                trial.path,
                f"a stub that earns {result.score:g} points, or fails otherwise than by being unwritten",
                "let each function raise NotImplementedError",
            )
    else:
        _weigh_misconception(found, trial, result)


def _weigh_misconception(found: _Findings, trial: Trial, result: ExerciseResult) -> None:
    wrong = next(one for one in found.exercise.misconceptions if one.path == trial.path)
    caught = [one.id for one in result.properties if one.verdict == "not met"]
    named = [one.misconception.slug for one in result.properties if one.misconception is not None]
    found.kills.append(
        Kill(misconception=wrong.slug, name=wrong.name, named=list(dict.fromkeys(named)), caught_by=caught)
    )
    if not caught:
        found.complain(
            trial.path, "a wrong solution that meets every property", "add a property that catches it"
        )
    elif set(named) != {wrong.slug}:
        others = ", ".join(dict.fromkeys(named)) or "nothing"
        found.complain(
            trial.path, f"a wrong solution that is named as {others}", "tell the two apart, or drop one"
        )
    if not wrong.message:
        found.complain(
            trial.path, "a misconception without a message", "write it below the docstring's first line"
        )


def _unkilled(found: _Findings) -> None:
    caught = {name for kill in found.kills for name in kill.caught_by}
    for name in found.properties:
        if name not in caught and found.kills:
            found.complain(
                found.exercise.tests,
                f"`{name}` catches no known mistake",
                "add a misconception that it catches",
            )


def _show(found: _Findings, console: Console) -> None:
    """Print the kill matrix: a row for each known mistake, a column for each property."""
    console.print()
    console.print(Text.assemble((found.exercise.id, "bold"), "  ", found.exercise.title))
    for number, name in enumerate(found.properties, 1):
        console.print(f"  {number:>2} {name}", style="dim")
    width = max((len(kill.misconception) for kill in found.kills), default=0)
    heading = " ".join(f"{number:>2}" for number in range(1, len(found.properties) + 1))
    console.print(f"  {'':<{width}}  {heading}", style="dim", soft_wrap=True)
    for kill in found.kills:
        cells = " ".join(" x" if name in kill.caught_by else " ." for name in found.properties)
        named = (
            "" if kill.named == [kill.misconception] else f"  named as {', '.join(kill.named) or 'nothing'}"
        )
        console.print(f"  {kill.misconception:<{width}}  {cells}{named}", soft_wrap=True)
    for complaint in found.complaints:
        console.print(Text(f"  {complaint.path}: {complaint.found}", "red"), soft_wrap=True)
        console.print(f"    remedy: {complaint.remedy}", soft_wrap=True)
    if not found.complaints:
        console.print(Text(f"  proved: {len(found.kills)} known mistakes caught and named", "green"))


def _write(report: CheckReport, json: str | None) -> None:
    content = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    if json == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    elif json is not None:
        score.write(content, Path(json))
