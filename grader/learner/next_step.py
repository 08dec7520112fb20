"""What a learner can do next: the exercise to work on, and the command to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.course import Course
from grader.errors import UsageError
from grader.learner.state.progress import Standing, standings
from grader.report_model import ExerciseResult
from grader.reports import wording

DONE = "You have finished all exercises."


def to_start(course: Course) -> str:
    """Return the first exercise that the learner hasn't started. Raise UsageError if there is none."""
    if (name := _unstarted(standings(course))) is not None:
        return name
    raise _nothing("started all exercises", "grade start", "`grade list` shows your progress")


def current(course: Course) -> str:
    """Return the started exercise that was saved last and isn't correct yet, else the next one to start."""
    standing = standings(course)
    begun = [name for name, one in standing.items() if one.started and not one.done]
    if begun:
        return max(begun, key=lambda name: _saved(course, standing[name]))
    if (name := _unstarted(standing)) is not None:
        return name
    raise _nothing("finished all exercises", "a command without an exercise", "name one, as in `grade list`")


def line(course: Course) -> str:
    """Return the next command: continue a started exercise, else start a new one."""
    standing = standings(course)
    for one in standing.values():
        if one.started and not one.done:
            return f"next: grade run {course.settings.submission}/{one.filename}"
    return _beginning(standing)


def line_after(course: Course, results: Sequence[ExerciseResult], *, is_learners: bool) -> str:
    """Return the next command after a run: fix what is wrong, else write what is missing, else go on."""
    known = [one for one in results if one.id in course.exercises]
    for result in known:
        wrong = [one for one in result.properties if one.verdict == "not met"]
        if wrong and wording.unwritten(result) is None:
            # The one that the report shows first.
            groups = wording.by_cause(wording.worth_explaining(result) or wrong)
            helps = "hint" if course.exercises[result.id].hints else "show"
            return f"next: fix `{groups[0][0].id}` in {result.id}; for help: grade {helps} {result.id}"
    for result in known:
        if wording.unwritten(result) is not None:
            return f"next: write {result.id}; the task: grade show {result.id}"
    return line(course) if is_learners else _beginning(standings(course))


def _beginning(standing: Mapping[str, Standing]) -> str:
    name = _unstarted(standing)
    return DONE if name is None else f"next: grade start {name}"


def _unstarted(standing: Mapping[str, Standing]) -> str | None:
    """Return the first exercise that the learner hasn't started."""
    return next((name for name, one in standing.items() if not one.started), None)


def _saved(course: Course, one: Standing) -> float:
    try:
        return (course.learners_folder / (one.filename or "")).stat().st_mtime
    except OSError:
        return 0.0


def _nothing(found: str, where: str, remedy: str) -> UsageError:
    return UsageError(
        "no-exercise-left",
        found=f"you have {found}",
        where=where,
        expected="an exercise that is left to do",
        remedy=remedy,
    )
