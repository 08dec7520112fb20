"""The table [tool.grader] of a course's pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from grader.errors import GraderError, UsageError

DEFAULT_SEED = 20


class CourseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `[tool.grader]`."""

    title: str = "Exercises"
    chapters: tuple[str, ...] = ()
    submission: str = "submissions/me"
    # The exercises that a learner must submit. All of them count. If empty, only submitted exercises count.
    assignment: tuple[str, ...] = ()
    exercises: str = "exercises"
    reference: str = "reference"
    seed: int = DEFAULT_SEED
    # How long all workers of a submission together may compute or sleep.
    submission_seconds: float = 600.0
    # The points of the property `device`, as a share of the exercise's own points.
    device_points: Annotated[float, Meta(ge=0, le=1)] = 0.1
    # The course's pages: an address, or a folder that `grade site` wrote.
    site: str = ""


def is_course(folder: Path) -> bool:
    """Return whether a folder's pyproject.toml has the table [tool.grader]."""
    try:
        document = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return "grader" in document.get("tool", {})


def read_course_settings(root: Path) -> CourseSettings:
    """Return the settings of a course. Raise UsageError if there are none."""
    path = root / "pyproject.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            "course-settings",
            found=f"{path.name} can't be read: {error}",
            where=str(path),
            expected="a TOML file with a table [tool.grader]",
            remedy="name a course's folder with --course, or fix the file",
        ) from None
    table = document.get("tool", {}).get("grader")
    if table is None:
        raise UsageError(
            "no-course",
            found="no table [tool.grader]",
            where=str(path),
            expected="a course's pyproject.toml",
            remedy="name a course's folder with --course, or add the table",
        )
    try:
        return msgspec.convert(table, CourseSettings)
    except msgspec.ValidationError as error:
        raise GraderError(
            "course-settings",
            found=f"[tool.grader]: {error}",
            where=str(path),
            expected=f"the keys {', '.join(CourseSettings.__struct_fields__)}",
            remedy="fix that key",
        ) from None
