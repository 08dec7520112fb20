"""`grade check`: prove exercises with their references, stubs, variants, known mistakes and mutants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from grader.authoring import killers, mutant_proof, proof, proof_trials
from grader.authoring.linting.linter import lint
from grader.authoring.linting.rule import Complaint, LintedExercise, unreadable
from grader.authoring.proof import MutantCount, Proof
from grader.authoring.proof_trials import Outcome
from grader.course import Course
from grader.errors import GraderError
from grader.exercises import Exercise
from grader.protocol import ExerciseJob
from grader.report_model import Record
from grader.reports import report_json
from grader.service import parallel, runner_connection

# Grades jobs. The text names what is counted in the progress message.
GradeJobs = Callable[[Sequence[ExerciseJob], str], list[Outcome]]


class CheckReport(Record, frozen=True):
    """The output of `grade check --json` (format 1)."""

    format: Literal[1]
    exercises: list[Proof]


def check(
    course: Course,
    names: tuple[str, ...],
    console: Console,
    *,
    json: str | None = None,
    mutants: bool = False,
    everything: bool = False,
) -> int:
    """Prove the exercises. Print the kill matrices and what to fix. Return 0 if there is nothing to fix.

    An exercise that fails linting is not run until its complaints are fixed.
    """
    read = _read(course, names)
    tried = [course.exercises[name] for name, complaints in read.items() if not complaints]
    proofs = {name: Proof(exercise=name, complaints=found) for name, found in read.items()}
    with console.status("importing torch ...") as status, parallel.Warm() as warm:

        def judge(jobs: Sequence[ExerciseJob], what: str) -> list[Outcome]:
            return warm.judge_all(
                course,
                jobs,
                runner_connection.RunOptions(device="cpu"),
                seed=course.settings.seed,
                tell=lambda done: status.update(f"graded {done} of {len(jobs)} {what}"),
            )

        if tried:
            proofs |= _try(course, tried, judge)
        proved = [one for one in tried if not proofs[one.id].complaints]
        if mutants and proved:
            proofs |= _mutate(course, proved, proofs, judge)
    for name in read:
        _show(course, proofs[name], console, everything=everything)
    if json is not None:
        report_json.deliver(CheckReport(format=1, exercises=list(proofs.values())), json)
    return 1 if any(one.complaints for one in proofs.values()) else 0


def _read(course: Course, names: tuple[str, ...]) -> dict[str, list[Complaint]]:
    """Lint the named exercises, including those that can't be loaded."""
    found: dict[str, list[Complaint]] = {}
    for name in names or (*course.exercises, *course.broken):
        if name in course.broken:
            found[name] = [unreadable(name, course.broken[name])]
            continue
        exercise = course.exercise(name)
        if not exercise.reference.is_dir() and not (course.root / course.settings.reference).is_dir():
            raise GraderError(
                "no-reference",
                found=f"`{exercise.id}` has no reference solution",
                where=str(exercise.solution),
                expected="a file that defines the functions of the stub",
                remedy="write it. You can't check a learners' copy of a course, because it has no reference",
            )
        try:
            found[name] = list(lint(LintedExercise(exercise, course.root)))
        except GraderError as error:
            found[name] = [unreadable(name, error)]
    return found


def _try(course: Course, exercises: list[Exercise], judge: GradeJobs) -> dict[str, Proof]:
    """Grade every solution in the reference tree and evaluate the results."""
    planned = [(one, trial) for one in exercises for trial in proof_trials.planned(one, course.settings.seed)]
    results = judge([trial.job for _, trial in planned], "solutions")
    proofs = {}
    for exercise in exercises:
        mine = [
            (trial, result) for (one, trial), result in zip(planned, results, strict=True) if one is exercise
        ]
        proofs[exercise.id] = proof.weigh(LintedExercise(exercise, course.root), mine)
    return proofs


def _mutate(
    course: Course, exercises: list[Exercise], proofs: dict[str, Proof], judge: GradeJobs
) -> dict[str, Proof]:
    """Grade the mutants of each reference, evaluate the results, and store which test caught which mutant.

    If the check is interrupted, the results of the finished exercises are already stored.
    """
    mutated = {}
    for exercise in exercises:
        planned = proof_trials.planned_mutants(exercise, course.settings.seed)
        results = judge([job for _, job in planned], f"mutants of {exercise.id}")
        mine = [(mutant, result) for (mutant, _), result in zip(planned, results, strict=True)]
        killers.keep(exercise, mutant_proof.killers_of(mine))
        mutated[exercise.id] = mutant_proof.weigh_mutants(
            LintedExercise(exercise, course.root), proofs[exercise.id], mine
        )
    return mutated


def _show(course: Course, proof: Proof, console: Console, *, everything: bool) -> None:
    """Print the kill matrix, what to fix, and what was proved."""
    console.print()
    title = course.exercises[proof.exercise].title if proof.exercise in course.exercises else ""
    console.print(Text.assemble((proof.exercise, "bold"), "  ", title))
    if proof.kills:
        _matrix(proof, console)
    if proof.mutants:
        _mutants("mutants", proof.mutants, console)
    if proof.corners:
        _mutants("corners", proof.corners, console)
    shown = proof.complaints if everything else proof.complaints[:1]
    for complaint in shown:
        place = complaint.path if complaint.line is None else f"{complaint.path}:{complaint.line}"
        console.print(Text(f"  {place}: {complaint.found}", "red"), soft_wrap=True)
        console.print(f"    expected: {complaint.expected}", soft_wrap=True, markup=False)
        console.print(f"    remedy:   {complaint.remedy}", soft_wrap=True, markup=False)
    more = len(proof.complaints) - len(shown)
    if more:
        console.print(f"  and {more} more to fix: --all shows them", style="dim")
    if not proof.complaints:
        console.print(Text(f"  proved: {len(proof.kills)} known mistakes caught and named", "green"))


def _matrix(proof: Proof, console: Console) -> None:
    """Print a row for each known mistake and a column for each test."""
    width = max(len(kill.misconception) for kill in proof.kills)
    for place, name in enumerate(proof.times):
        bars = "|  " * place
        seconds = f"{proof.times[name]:.2f} s"
        console.print(f"  {'':<{width}}  {bars}{name}  [dim]{seconds}[/dim]", soft_wrap=True)
    for kill in proof.kills:
        marks = "  ".join("x" if name in kill.caught_by else "." for name in proof.times)
        console.print(f"  {kill.misconception:<{width}}  {marks}", soft_wrap=True)


def _mutants(kind: str, count: MutantCount, console: Console) -> None:
    real = count.made - len(count.equivalent)
    share = 100 * count.killed / real if real else 100
    console.print(
        f"  {kind}: {count.killed} of {real} killed ({share:.0f} %), {len(count.equivalent)} equivalent"
    )
