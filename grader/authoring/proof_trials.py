"""The trials of `grade check`: each solution of the reference tree, and the reference's mutants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.authoring import killers
from grader.authoring.corner_mutants import corners_of
from grader.authoring.mutants import Mutant, mutants_of
from grader.errors import GraderError
from grader.exercises import Exercise, read_text
from grader.protocol import ExerciseJob
from grader.report_model import ExerciseResult
from grader.source_text import SourceText

Role = Literal["reference", "again", "stub", "variant", "rival", "misconception"]
Outcome = ExerciseResult | GraderError
RIGHT = {"reference", "again", "variant"}
OTHER_SEEDS = 2


@dataclass(frozen=True)
class Trial:
    """A solution, its role, and the job that grades it."""

    role: Role
    path: Path
    job: ExerciseJob


def planned(exercise: Exercise, seed: int, *, other_seeds: int = OTHER_SEEDS) -> list[Trial]:
    """Return an exercise's trials. The reference runs twice with the course's seed, then with other seeds."""

    def trial(role: Role, path: Path, at: int = seed) -> Trial:
        job = ExerciseJob(
            exercise=exercise.id,
            source=SourceText(read_text(path), f"{exercise.id}.py"),
            seed=at,
            # A correct solution is correct on every device, and a mistake shows on the first. Other seeds
            # draw other cases, which need no second device.
            device="auto" if role in RIGHT and at == seed else None,
            # A rival must pass the first tests only. The later ones may take minutes: it may be slow.
            brief=role == "rival",
        )
        return Trial(role, path, job)

    return [
        trial("reference", exercise.solution),
        trial("again", exercise.solution),
        *(trial("reference", exercise.solution, seed + step) for step in range(1, other_seeds + 1)),
        trial("stub", exercise.stub),
        *(trial("variant", path) for path in exercise.variants),
        *(trial("rival", path) for path in exercise.rivals),
        *(trial("misconception", wrong.path) for wrong in exercise.misconceptions),
    ]


def every_mutant(exercise: Exercise) -> list[Mutant]:
    """Return the text mutants and the corner mutants of the reference."""
    return [*mutants_of(read_text(exercise.solution)), *corners_of(exercise)]


def mutants(exercise: Exercise) -> list[Mutant]:
    """Return the mutants of the reference that aren't declared equivalent."""
    known = {one.mutant for one in exercise.settings.equivalent}
    return [one for one in every_mutant(exercise) if one.name not in known]


def planned_mutants(exercise: Exercise, seed: int) -> list[tuple[Mutant, ExerciseJob]]:
    """Return the mutants with their jobs. The test that caught a mutant last time is tried first."""
    known = killers.recall(exercise)

    def job(mutant: Mutant) -> ExerciseJob:
        return ExerciseJob(
            exercise=exercise.id,
            source=SourceText(mutant.source, f"{exercise.id}.py"),
            seed=seed,
            brief=True,
            # A mutant that passes on the CPU is tried on another device, too.
            device="auto",
            first=known.get(mutant.name),
        )

    return [(mutant, job(mutant)) for mutant in mutants(exercise)]
