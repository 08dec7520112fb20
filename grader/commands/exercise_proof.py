"""The trials of an exercise: each solution of the reference tree must end as its part says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from grader.commands import killers
from grader.commands.corners import corners_of
from grader.commands.lint import Complaint, LintedExercise
from grader.commands.mutants import Mutant, mutants_of
from grader.errors import GraderError
from grader.exercises import Exercise, read_text
from grader.protocol import ExerciseJob
from grader.report_model import DEVICE, ExerciseResult, Record
from grader.source_text import SourceText

Role = Literal["reference", "again", "stub", "variant", "misconception"]
Outcome = ExerciseResult | GraderError

RIGHT = {"reference", "again", "variant"}
OTHER_SEEDS = 2


class Kill(Record, frozen=True):
    """One wrong solution, and the properties that caught it."""

    misconception: str
    name: str
    named: list[str]
    caught_by: list[str]


class MutantCount(Record, frozen=True):
    """What became of the reference's mutants of one kind."""

    made: int
    killed: int
    equivalent: list[str]
    survivors: list[str]


class Proof(Record, frozen=True):
    """What was found about one exercise; `times` are the seconds of each property on the reference."""

    exercise: str
    complaints: list[Complaint]
    times: dict[str, float] = msgspec.field(default_factory=dict)
    kills: list[Kill] = msgspec.field(default_factory=list)
    mutants: MutantCount | None = None
    corners: MutantCount | None = None


@dataclass(frozen=True)
class Trial:
    """A solution, the part that it plays, and how it is to be judged."""

    role: Role
    path: Path
    job: ExerciseJob


def planned(exercise: Exercise, seed: int, *, other_seeds: int = OTHER_SEEDS) -> list[Trial]:
    """Return an exercise's trials: the reference twice with the course's seed, and once with each other."""

    def trial(role: Role, path: Path, at: int = seed) -> Trial:
        job = ExerciseJob(
            exercise=exercise.id,
            source=SourceText(read_text(path), f"{exercise.id}.py"),
            seed=at,
            # What is right is right on every device, and a mistake shows on the first; other seeds draw other
            # cases, which need no second device.
            device="auto" if role in RIGHT and at == seed else None,
        )
        return Trial(role, path, job)

    return [
        trial("reference", exercise.solution),
        trial("again", exercise.solution),
        *(trial("reference", exercise.solution, seed + step) for step in range(1, other_seeds + 1)),
        trial("stub", exercise.stub),
        *(trial("variant", path) for path in exercise.variants),
        *(trial("misconception", wrong.path) for wrong in exercise.misconceptions),
    ]


def every_mutant(exercise: Exercise) -> list[Mutant]:
    """Return the mutants of the reference's text, and those of its corners."""
    return [*mutants_of(read_text(exercise.solution)), *corners_of(exercise)]


def mutants(exercise: Exercise) -> list[Mutant]:
    """Return the mutants of the reference that aren't known to be right."""
    known = {one.mutant for one in exercise.settings.equivalent}
    return [one for one in every_mutant(exercise) if one.name not in known]


def planned_mutants(exercise: Exercise, seed: int) -> list[tuple[Mutant, ExerciseJob]]:
    """Return the mutants with their jobs: the property that caught one last time is tried first."""
    known = killers.recall(exercise)

    def job(mutant: Mutant) -> ExerciseJob:
        return ExerciseJob(
            exercise=exercise.id,
            source=SourceText(mutant.source, f"{exercise.id}.py"),
            seed=seed,
            brief=True,
            # What the CPU has nothing against is tried on another device.
            device="auto",
            first=known.get(mutant.name),
        )

    return [(mutant, job(mutant)) for mutant in mutants(exercise)]


def killers_of(outcomes: list[tuple[Mutant, Outcome]]) -> dict[str, str]:
    """Return the property that caught each mutant."""
    return {
        mutant.name: next(one.id for one in outcome.properties if one.verdict == "not met")
        for mutant, outcome in outcomes
        if isinstance(outcome, ExerciseResult) and outcome.status == "not met"
    }


def weigh(desk: LintedExercise, outcomes: list[tuple[Trial, Outcome]]) -> Proof:
    """Return what the trials proved, and what is to be mended."""
    exercise = desk.exercise
    for trial, outcome in outcomes:
        if isinstance(outcome, GraderError):
            return Proof(
                exercise=exercise.id, complaints=[_property_broken(desk, desk.shown(trial.path), outcome)]
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
            "a property that can fail: each catches at least one wrong solution",
            "add a misconception that it catches",
            line=next((law.line for law in exercise.laws if law.id == one.id), None),
        )
        for one in properties
        if one.id not in caught
    ]
    times = {one.id: round(one.duration, 3) for one in properties}
    return Proof(exercise=exercise.id, complaints=complaints, times=times, kills=kills)


def weigh_mutants(desk: LintedExercise, proof: Proof, outcomes: list[tuple[Mutant, Outcome]]) -> Proof:
    """Return the proof with what became of the mutants; a survivor is to be explained or caught."""
    exercise = desk.exercise
    survivors = [
        mutant
        for mutant, outcome in outcomes
        if isinstance(outcome, ExerciseResult) and outcome.status == "met"
    ]
    texts = {one.name for one in mutants_of(read_text(exercise.solution))}
    corners = {one.name for one in corners_of(exercise)}
    equivalent = [one.mutant for one in exercise.settings.equivalent]
    complaints = [
        desk.complaint(
            exercise.solution,
            f"a mutant that meets every property: {one.name}",
            "a property that sees the change, or a reason why it makes no difference",
            "add a case or a property that catches it; where it is right all the same, put it into "
            "exercise.toml under [[equivalent]] with mutant and reason",
            line=one.line,
        )
        for one in survivors
    ] + [
        desk.complaint(
            exercise.folder / "exercise.toml",
            f"[[equivalent]] names {name}, which is no mutant of the reference",
            "the name of a mutant as `grade check --mutants` prints it",
            "take the entry out",
        )
        for name in equivalent
        if name not in texts | corners
    ]
    # A mutant that breaks a property is not judged: that is no kill.
    complaints += [
        _property_broken(desk, f"the mutant {mutant.name}", outcome)
        for mutant, outcome in outcomes
        if isinstance(outcome, GraderError)
    ]
    killed = {
        mutant.name
        for mutant, outcome in outcomes
        if isinstance(outcome, ExerciseResult) and outcome.status == "not met"
    }

    def count(kind: set[str]) -> MutantCount:
        return MutantCount(
            made=len(kind),
            killed=len(kind & killed),
            equivalent=[name for name in equivalent if name in kind],
            survivors=[one.name for one in survivors if one.name in kind],
        )

    return msgspec.structs.replace(
        proof,
        complaints=proof.complaints + complaints,
        mutants=count(texts),
        corners=count(corners),
    )


def _property_broken(desk: LintedExercise, what: str, error: GraderError) -> Complaint:
    return desk.complaint(
        Path(error.where), f"{error.found} (while judging {what})", error.expected, error.remedy
    )


def _weighed(
    desk: LintedExercise, trial: Trial, result: ExerciseResult, first: ExerciseResult
) -> list[Complaint]:
    """Return what is wrong with the end of one trial."""
    if trial.role in {"reference", "variant"}:
        return _right(desk, trial, result)
    if trial.role == "again":
        return _again(desk, result, first)
    return _stub(desk, trial, result) if trial.role == "stub" else _wrong(desk, trial, result)


def _right(desk: LintedExercise, trial: Trial, result: ExerciseResult) -> list[Complaint]:
    first = {one.id: one for one in reversed(result.properties) if one.verdict != "met"}
    # What fails on the first device isn't judged on others, and `device` only sums these up.
    failed = [one for one in result.properties if one is first.get(one.id) and one.id != DEVICE]
    if not failed:
        return []
    names = ", ".join(one.id if one.device == "cpu" else f"{one.id} on {one.device}" for one in failed)
    call = failed[0].counterexample.call if failed[0].counterexample else ""
    case = f" for {call}" if call else ""
    return [
        desk.complaint(
            trial.path,
            f"a right solution that fails {names} (seed {trial.job.seed}): {failed[0].reason}{case}",
            "every property met: this solution is right by definition",
            "mend the solution, or the property that asks too much",
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
            f"two runs with the same seed differ in {', '.join(different) or 'their properties'}",
            "the same cases and verdicts each time",
            "draw everything through Hypothesis: no clock, no random numbers, no state between cases",
        )
    ]


def timeless(result: ExerciseResult) -> ExerciseResult:
    """Return a result without the times that it took."""
    properties = [msgspec.structs.replace(one, duration=0.0) for one in result.properties]
    return msgspec.structs.replace(result, duration=0.0, cpu_seconds=0.0, properties=properties)


def _stub(desk: LintedExercise, trial: Trial, result: ExerciseResult) -> list[Complaint]:
    reasons = [one.reason or "" for one in result.properties if one.verdict != "met"]
    if not result.score and all("not implemented yet" in reason for reason in reasons):
        return []
    return [
        desk.complaint(
            trial.path,
            f"a stub that earns {result.score:g} points, or fails otherwise than by being unwritten",
            "0 points, and `not implemented yet` as the only reason",
            "let each function raise NotImplementedError, and each property call one of them",
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
                "a wrong solution that meets every property",
                "at least one property that it fails",
                "add a case or a property that catches it",
            )
        ]
    causes = {one.cause for one in result.properties if one.verdict == "not met"}
    if not kill.named and causes <= {"timeout", "memory"}:
        # Nobody asks known mistakes again where an answer never came, so such a one has no name.
        return []
    if set(kill.named) != {kill.misconception}:
        others = ", ".join(kill.named) or "nothing"
        return [
            desk.complaint(
                trial.path,
                f"a wrong solution that is named as {others}",
                f"`{kill.misconception}`, and nothing else",
                "tell the two apart, or drop one",
            )
        ]
    return []
