"""The table [tool.grader] of a course's pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from grader.errors import GraderError, UsageError

DEFAULT_SEED = 20


class LateRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a late submission loses: a share of its points for each day begun, up to `cap`.

    A submission that arrives within `grace_minutes` after the due date is not late.
    """

    per_day: Annotated[float, Meta(ge=0, le=1)] = 0.0
    grace_minutes: Annotated[float, Meta(ge=0)] = 0.0
    cap: Annotated[float, Meta(ge=0, le=1)] = 1.0


class Assignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[tool.grader.assignment.NAME]`: the exercises that count, and when.

    `weights` are the points that an exercise is worth here; without one, it is worth its own points.
    """

    exercises: tuple[str, ...] = ()
    title: str = ""
    weights: Mapping[str, Annotated[float, Meta(ge=0)]] = {}
    due: Annotated[datetime, Meta(tz=True)] | None = None
    late: LateRule = LateRule()
    attempts: Literal["last", "best"] = "last"


class CourseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `[tool.grader]`."""

    title: str = "Exercises"
    chapters: tuple[str, ...] = ()
    submission: str = "submissions/me"
    # The exercises that a learner must submit. All of them count. If empty, only submitted exercises count.
    # Or several assignments, each with a name.
    assignment: tuple[str, ...] | Mapping[str, Assignment] = ()
    exercises: str = "exercises"
    reference: str = "reference"
    seed: int = DEFAULT_SEED
    # How long all workers of a submission together may compute or sleep.
    submission_seconds: float = 600.0
    # The points of the property `device`, as a share of the exercise's own points.
    device_points: Annotated[float, Meta(ge=0, le=1)] = 0.1
    # The course's pages: an address, or a folder that `grade site` wrote.
    site: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """The exercises that each submission must answer, if no assignment is named."""
        return () if isinstance(self.assignment, Mapping) else self.assignment

    @property
    def assignments(self) -> Mapping[str, Assignment]:
        """The assignments by name."""
        return self.assignment if isinstance(self.assignment, Mapping) else {}


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
