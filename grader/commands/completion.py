"""What a shell offers behind `grade show` and the like: a press of a key may not take long, nor fail."""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer

from grader.errors import GraderError


def exercises(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the exercises whose names begin so, each with its title."""
    from grader.course import find_course  # noqa: PLC0415 - only a completion needs the course here

    with contextlib.suppress(GraderError):
        course = find_course(course=_named(ctx))
        return [(one.id, one.title) for one in course.exercises.values() if one.id.startswith(incomplete)]
    return []


def hints(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the numbers of the hints of the exercise that stands before."""
    from grader.course import find_course  # noqa: PLC0415 - as above

    with contextlib.suppress(GraderError):
        exercise = find_course(course=_named(ctx)).exercise(str(ctx.params.get("exercise")))
        numbers = (str(number) for number in range(1, len(exercise.hints) + 1))
        return [number for number in numbers if number.startswith(incomplete)]
    return []


def _named(ctx: typer.Context) -> Path | None:
    course = ctx.params.get("course")
    return Path(course) if course else None
