"""Evaluates the trials of an exercise: each reference file must get the outcome that its role requires."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.authoring.linting.property_rules import REQUIRED
from grader.authoring.linting.rule import Complaint, LintedExercise
from grader.authoring.proof_trials import Outcome, Trial
from grader.errors import GraderError
from grader.exercises import Exercise
from grader.report_model import DEVICE, ExerciseResult, Record


class Kill(Record, frozen=True):
    """One wrong solution, and the tests that caught it."""

    misconception: str
    name: str
    named: list[str]
    caught_by: list[str]


class MutantCount(Record, frozen=True):
    """The outcomes of the reference's mutants of one kind."""

    made: int
    killed: int
    equivalent: list[str]
    survivors: list[str]


class Proof(Record, frozen=True):
    """The findings about one exercise. `times` has the seconds that each test took on the reference."""

    exercise: str
    complaints: list[Complaint]
    times: dict[str, float] = msgspec.field(default_factory=dict)
    kills: list[Kill] = msgspec.field(default_factory=list)
    mutants: MutantCount | None = None
    corners: MutantCount | None = None


def weigh(desk: LintedExercise, outcomes: list[tuple[Trial, Outcome]]) -> Proof:
    """Evaluate the trials: return the results and the complaints to the author."""
    exercise = desk.exercise
    for trial, outcome in outcomes:
        if isinstance(outcome, GraderError):
            return Proof(
                exercise=exercise.id, complaints=[property_broken(desk, desk.shown(trial.path), outcome)]
            )
    results = [(trial, result) for trial, result in outcomes if isinstance(result, ExerciseResult)]
    first = next(result for trial, result in results if trial.role == "reference")
    complaints = [one for trial, result in results for one in _weighed(desk, trial, result, first)]
    kills = [_kill(exercise, trial, result) for trial, result in results if trial.role == "misconception"]
    caught = {name for kill in kills for name in kill.caught_by}
    properties = [one for one in first.properties if one.device == first.properties[0].device]
    complaints += [
        desk.complaint(
            exercise.tests,
            f"`{one.id}` catches no known mistake",
            "a test that can fail: each must catch at least one wrong solution",
            "add a known mistake that it catches",
            line=next((law.line for law in exercise.laws if law.id == one.id), None),
        )
        for one in properties
        if one.id not in caught
    ]
    times = {one.id: round(one.duration, 3) for one in properties}
    return Proof(exercise=exercise.id, complaints=complaints, times=times, kills=kills)


def property_broken(desk: LintedExercise, what: str, error: GraderError) -> Complaint:
    """Return the complaint about a test that broke during grading."""
    return desk.complaint(
        Path(error.where), f"{error.found} (while grading {what})", error.expected, error.remedy
    )


def _weighed(
    desk: LintedExercise, trial: Trial, result: ExerciseResult, first: ExerciseResult
) -> list[Complaint]:
    """Return the complaints about the outcome of one trial."""
    if trial.role in {"reference", "variant", "rival"}:
        return _right(desk, trial, result)
    if trial.role == "again":
        return _again(desk, result, first)
    return _stub(desk, trial, result) if trial.role == "stub" else _wrong(desk, trial, result)


def _right(desk: LintedExercise, trial: Trial, result: ExerciseResult) -> list[Complaint]:
    # A rival may compute in a forbidden way, or be imprecise for another dtype.
    needed = [one for one in result.properties if trial.role != "rival" or one.id in REQUIRED]
    first = {one.id: one for one in reversed(needed) if one.verdict != "met"}
    # A property that fails on the first device isn't judged on others, and `device` only sums these up.
    failed = [one for one in needed if one is first.get(one.id) and one.id != DEVICE]
    if not failed:
        return []
    names = ", ".join(one.id if one.device == "cpu" else f"{one.id} on {one.device}" for one in failed)
    call = failed[0].counterexample.call if failed[0].counterexample else ""
    case = f" for {call}" if call else ""
    return [
        desk.complaint(
            trial.path,
            f"a correct solution that fails {names} (seed {trial.job.seed}): {failed[0].reason}{case}",
            "no failed test: this solution is correct by definition",
            "fix the solution or the test",
        )
    ]


def _again(desk: LintedExercise, result: ExerciseResult, first: ExerciseResult) -> list[Complaint]:
    if timeless(result) == timeless(first):
        return []
    different = [
        one.id
        for one, other in zip(timeless(result).properties, timeless(first).properties, strict=False)
        if one != other
    ]
    return [
        desk.complaint(
            desk.exercise.tests,
            f"two runs with the same seed differ in {', '.join(different) or 'their tests'}",
            "the same cases and verdicts each time",
            "draw everything through Hypothesis: no clock, no random numbers, no state between cases",
        )
    ]


def timeless(result: ExerciseResult) -> ExerciseResult:
    """Return a result without its times."""
    properties = [msgspec.structs.replace(one, duration=0.0) for one in result.properties]
    return msgspec.structs.replace(result, duration=0.0, cpu_seconds=0.0, properties=properties)


def _stub(desk: LintedExercise, trial: Trial, result: ExerciseResult) -> list[Complaint]:
    reasons = [one.reason or "" for one in result.properties if one.verdict != "met"]
    if not result.score and all("not implemented yet" in reason for reason in reasons):
        return []
    return [
        desk.complaint(
            trial.path,
            f"a stub that earns {result.score:g} points, or fails for another reason than a missing answer",
            "0 points, and `not implemented yet` as the only reason",
            "make each function raise NotImplementedError, and each test call one of them",
        )
    ]


def _kill(exercise: Exercise, trial: Trial, result: ExerciseResult) -> Kill:
    wrong = next(one for one in exercise.misconceptions if one.path == trial.path)
    caught = [one.id for one in result.properties if one.verdict == "not met"]
    named = [one.misconception.slug for one in result.properties if one.misconception is not None]
    return Kill(misconception=wrong.slug, name=wrong.name, named=list(dict.fromkeys(named)), caught_by=caught)


def _wrong(desk: LintedExercise, trial: Trial, result: ExerciseResult) -> list[Complaint]:
    kill = _kill(desk.exercise, trial, result)
    if not kill.caught_by:
        return [
            desk.complaint(
                trial.path,
                "a wrong solution that passes every test",
                "at least one test that it fails",
                "add a case or a test that catches it",
            )
        ]
    causes = {one.cause for one in result.properties if one.verdict == "not met"}
    if not kill.named and causes <= {"timeout", "memory"}:
        # If an answer never came, the known mistakes aren't compared with it. So this one gets no name.
        return []
    if set(kill.named) != {kill.misconception}:
        others = ", ".join(kill.named) or "nothing"
        return [
            desk.complaint(
                trial.path,
                f"a wrong solution that is recognised as {others}",
                f"`{kill.misconception}` only",
                "make the two differ, or remove one",
            )
        ]
    return []
