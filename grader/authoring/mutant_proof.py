"""Evaluates the mutants of a reference: each must be caught or explained."""

from __future__ import annotations

import msgspec

from grader.authoring.corner_mutants import corners_of
from grader.authoring.linting.rule import LintedExercise
from grader.authoring.mutants import Mutant, mutants_of
from grader.authoring.proof import MutantCount, Proof, property_broken
from grader.authoring.proof_trials import Outcome
from grader.errors import GraderError
from grader.exercises import read_text
from grader.report_model import ExerciseResult


def killers_of(outcomes: list[tuple[Mutant, Outcome]]) -> dict[str, str]:
    """Return the test that caught each mutant."""
    return {
        mutant.name: next(one.id for one in outcome.properties if one.verdict == "not met")
        for mutant, outcome in outcomes
        if isinstance(outcome, ExerciseResult) and outcome.status == "not met"
    }


def weigh_mutants(desk: LintedExercise, proof: Proof, outcomes: list[tuple[Mutant, Outcome]]) -> Proof:
    """Return the proof with the outcomes of the mutants. A survivor must be explained or caught."""
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
            f"a mutant that passes every test: {one.name}",
            "a test that detects the change, or a reason why it makes no difference",
            "add a case or a test that catches it. If the mutant is correct, write it into "
            "exercise.toml under [[equivalent]], with mutant and reason",
            line=one.line,
        )
        for one in survivors
    ] + [
        desk.complaint(
            exercise.folder / "exercise.toml",
            f"[[equivalent]] names {name}, which is not a mutant of the reference",
            "the name of a mutant as `grade check --mutants` prints it",
            "remove the entry",
        )
        for name in equivalent
        if name not in texts | corners
    ]
    # A mutant that breaks a test is not judged. It doesn't count as killed.
    complaints += [
        property_broken(desk, f"the mutant {mutant.name}", outcome)
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
