"""What a shell offers behind `grade show` and the like: a press of a key may not take long, nor fail.

typer keeps of it what begins as the word that is being typed.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer

from grader.errors import GraderError


def exercises(ctx: typer.Context) -> list[tuple[str, str]]:
    """Return the exercises whose names begin so, each with its title."""
    from grader.course import find_course  # noqa: PLC0415 - only a completion needs the course here

    with contextlib.suppress(GraderError):
        course = find_course(course=_named(ctx))
        return [(one.id, one.title) for one in course.exercises.values()]
    return []


def hints(ctx: typer.Context) -> list[str]:
    """Return the numbers of the hints of the exercise that stands before."""
    from grader.course import find_course  # noqa: PLC0415 - as above

    with contextlib.suppress(GraderError):
        exercise = find_course(course=_named(ctx)).exercise(str(ctx.params.get("exercise")))
        return [str(number) for number in range(1, len(exercise.hints) + 1)]
    return []


def _named(ctx: typer.Context) -> Path | None:
    course = ctx.params.get("course")
    return Path(course) if course else None
