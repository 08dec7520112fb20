"""Test that the course passes the checks of `grade check`."""

from pathlib import Path

import pytest
from lanes import EACH

from grader.authoring import proof, proof_trials
from grader.authoring.corner_mutants import corners_of
from grader.authoring.linting.linter import lint
from grader.authoring.linting.rule import LintedExercise
from grader.authoring.mutants import mutants_of

ROOT = Path(__file__).resolve().parent.parent
WITHOUT = {"__pycache__"}
# Every change judges the mutants of these, the night those of the others.
MUTATED = {"toeplitz_1d": pytest.mark.slow, "locality": pytest.mark.slow}
EXERCISES = sorted(p.name for p in (ROOT / "exercises").iterdir() if (p / "exercise.toml").exists())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_reads_well(course, exercise):
    """`grade check` reports no problem before it runs any solution."""
    assert list(lint(LintedExercise(course.exercise(exercise), course.root))) == []


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_proved(proved, exercise):
    """Correct solutions pass, stubs fail cleanly, and each known mistake is caught and named."""
    # Some properties catch only mistakes that are tried at night.
    complaints = [one for one in proved.proofs[exercise].complaints if "catches no known" not in one.found]
    assert complaints == []


@pytest.mark.slow
def test_every_solution_of_the_reference_is_tried(course, proved):
    """The reference runs twice. The stub, each variant and every eighth known mistake run once."""
    for one in course.exercises.values():
        roles = [trial.role for trial, _ in proved.outcomes[one.id]]
        assert (roles.count("reference"), roles.count("again")) == (1, 1)
        assert roles.count("stub") == 1
        assert roles.count("variant") == len(one.variants)
        assert roles.count("misconception") == -(-len(one.misconceptions) // EACH)


@pytest.mark.slow
def test_stubs_and_references(proved):
    """Every reference gets full marks; every stub earns nothing and is reported as not written."""
    references = [result for _, _, result in proved.of("reference", "again")]
    stubs = [result for _, _, result in proved.of("stub")]
    assert [one.status for one in references] == ["met"] * len(references)
    assert [one.score for one in references] == [one.max_score for one in references]
    assert [one.score for one in stubs] == [0.0] * len(stubs)
    assert all("not implemented yet" in prop.reason for one in stubs for prop in one.properties)


@pytest.mark.nightly
@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_proved_whole(course, judge_jobs, exercise):
    """With all known mistakes and several seeds, each property catches at least one mistake."""
    one = course.exercises[exercise]
    planned = proof_trials.planned(one, course.settings.seed)
    assert sum(trial.role == "misconception" for trial in planned) == len(one.misconceptions)
    assert sum(trial.role == "reference" for trial in planned) == 1 + proof_trials.OTHER_SEEDS
    outcomes = list(zip(planned, judge_jobs(trial.job for trial in planned), strict=True))
    assert proof.weigh(LintedExercise(one, course.root), outcomes).complaints == []


@pytest.mark.parametrize(
    "exercise", [pytest.param(one, marks=MUTATED.get(one, pytest.mark.nightly)) for one in EXERCISES]
)
def test_every_mutant_is_killed(course, judge_jobs, exercise):
    """Each mutant of a reference, in its text or for an edge case, is caught or explained."""
    planned = proof_trials.planned_mutants(course.exercises[exercise], course.settings.seed)
    outcomes = judge_jobs(job for _, job in planned)
    survivors = [
        (mutant.name, getattr(outcome, "status", outcome))
        for (mutant, _), outcome in zip(planned, outcomes, strict=True)
        if getattr(outcome, "status", None) != "not met"
    ]
    assert survivors == []
    assert len(planned) > 20


def test_there_are_thousands_of_mutants(course):
    """Every exercise has mutants of both kinds."""
    texts = sum(
        len(mutants_of(one.solution.read_text(encoding="utf-8"))) for one in course.exercises.values()
    )
    assert texts > 1000
    assert sum(len(corners_of(one)) for one in course.exercises.values()) > 1000


@pytest.mark.slow
def test_what_is_called_equivalent_is_a_mutant(course):
    """Each [[equivalent]] entry names a mutant of the current reference and says why it is correct."""
    for one in course.exercises.values():
        names = {mutant.name for mutant in proof_trials.every_mutant(one)}
        for entry in one.settings.equivalent:
            assert entry.mutant in names, (one.id, entry.mutant)
            assert len(entry.reason) > 10


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_is_complete(course, exercise):
    """Each exercise has all its parts.

    The parts are statement, hints, stub, properties, reference, six known mistakes and three variants.
    """
    one = course.exercises[exercise]
    assert len(one.hints) >= 3
    assert len(one.misconceptions) >= 6
    assert len(one.variants) >= 3
    assert one.solution.is_file()
    names = {path.name for path in one.folder.iterdir()} - WITHOUT
    assert names == {"README.md", "exercise.toml", f"{exercise}.py", f"test_{exercise}.py"}


def test_the_two_convolutions_are_conventions(course):
    """A kernel that is wrongly reversed, or wrongly not reversed, counts as another convention."""
    wrong = [one for each in course.exercises.values() for one in each.misconceptions]
    flipped = [one for one in wrong if one.slug == "flipped_kernel"]
    assert len(flipped) >= 15
    assert {one.kind for one in flipped} == {"convention"}
    assert {one.name for one in flipped} == {"true convolution", "cross-correlation"}


@pytest.mark.parametrize("slug", ["detached", "fixed_dtype", "unchecked_domain", "changed_in_place"])
def test_a_fault_of_the_code_is_no_convention(course, slug):
    """A mistake that isn't a convention in any field counts as a mistake."""
    wrong = [one for each in course.exercises.values() for one in each.misconceptions if one.slug == slug]
    assert {one.kind for one in wrong} == {"mistake"}


def test_reference_and_exercises_are_parallel(course):
    """Every folder in the reference has an exercise."""
    folders = {path.name for path in (ROOT / "reference").iterdir() if path.is_dir()} - WITHOUT
    assert folders == {*course.exercises, "formulas", "public"}
