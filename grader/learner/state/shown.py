"""The hints that a learner has seen and the solutions requested, stored next to the progress."""

from __future__ import annotations

import contextlib
from typing import Literal

import msgspec

from grader.course import Course
from grader.errors import GraderError
from grader.learner.state import state_files
from grader.report_model import Record

FILE = "seen.json"


class Shown(Record, frozen=True):
    """The content of `.grader/seen.json` (format 1): the last hint per exercise, and requested solutions."""

    format: Literal[1] = 1
    hints: dict[str, int] = msgspec.field(default_factory=dict)
    asked: tuple[str, ...] = ()


def seen(course: Course) -> Shown:
    """Return what the learner has seen, or nothing if the file can't be read."""
    try:
        return msgspec.json.decode(state_files.read(course.learners_folder, FILE), type=Shown)
    except msgspec.DecodeError:
        return Shown()


def remember_hint(course: Course, exercise: str, number: int) -> None:
    """Store the highest hint that was shown. A failed write causes no error."""
    noted = seen(course)
    if number > noted.hints.get(exercise, 0):
        _write(course, msgspec.structs.replace(noted, hints={**noted.hints, exercise: number}))


def remember_asked(course: Course, exercise: str) -> None:
    """Store that a solution was requested. If that fails, raise an error.

    Otherwise the next request would look like the first one, and the solution would never be shown.
    """
    noted = seen(course)
    if not _write(course, msgspec.structs.replace(noted, asked=(*noted.asked, exercise))):
        place = course.learners_folder / state_files.FOLDER
        raise GraderError(
            "unwritable-folder",
            found="your request can't be saved",
            where=str(place / FILE),
            expected="a folder that you may write to",
            remedy=f"make `{place}` writable, or open the file of the reference solution",
        )


def _write(course: Course, noted: Shown) -> bool:
    with contextlib.suppress(OSError):
        course.learners_folder.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(noted), indent=2) + b"\n"
    return state_files.write(course.learners_folder, FILE, content)
