"""Shell completion for exercises and hints. It must be fast and must not fail.

typer keeps the suggestions that start with the typed word.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer

from grader.errors import GraderError


def exercises(ctx: typer.Context) -> list[tuple[str, str]]:
    """Return the exercises, each with its title."""
    from grader.course import find_course  # noqa: PLC0415 - only a completion needs the course here

    with contextlib.suppress(GraderError):
        course = find_course(course=_named(ctx))
        return [(one.id, one.title) for one in course.exercises.values()]
    return []


def hints(ctx: typer.Context) -> list[str]:
    """Return the hint numbers of the exercise named on the command line."""
    from grader.course import find_course  # noqa: PLC0415 - as above

    with contextlib.suppress(GraderError):
        exercise = find_course(course=_named(ctx)).exercise(str(ctx.params.get("exercise")))
        return [str(number) for number in range(1, len(exercise.hints) + 1)]
    return []


def _named(ctx: typer.Context) -> Path | None:
    course = ctx.params.get("course")
    return Path(course) if course else None
