"""What a learner has been shown: hints, and solutions that were asked for; kept beside the progress."""

from __future__ import annotations

import contextlib
from typing import Literal

import msgspec

from grader.commands.state import notes
from grader.course import Course
from grader.errors import GraderError
from grader.report_model import Record

FILE = "seen.json"


class Seen(Record, frozen=True):
    """What `.grader/seen.json` holds (format 1): the latest hint of an exercise, and solutions asked for."""

    format: Literal[1] = 1
    hints: dict[str, int] = msgspec.field(default_factory=dict)
    asked: tuple[str, ...] = ()


def seen(course: Course) -> Seen:
    """Return what the learner of this copy has been shown; a note that can't be read counts for nothing."""
    try:
        return msgspec.json.decode(notes.read(course.learners_folder, FILE), type=Seen)
    except msgspec.DecodeError:
        return Seen()


def remember_hint(course: Course, exercise: str, number: int) -> None:
    """Note the furthest hint that was shown; a note that can't be written is no reason to fail."""
    noted = seen(course)
    if number > noted.hints.get(exercise, 0):
        _write(course, msgspec.structs.replace(noted, hints={**noted.hints, exercise: number}))


def remember_asked(course: Course, exercise: str) -> None:
    """Note that a solution was asked for; without the note it would never be shown, so it must be written."""
    noted = seen(course)
    if not _write(course, msgspec.structs.replace(noted, asked=(*noted.asked, exercise))):
        place = course.learners_folder / notes.FOLDER
        raise GraderError(
            "unwritable-folder",
            found="that you asked can't be remembered",
            where=str(place / FILE),
            expected="a folder that you may write in",
            remedy=f"make `{place}` writable, or read the reference's file",
        )


def _write(course: Course, noted: Seen) -> bool:
    with contextlib.suppress(OSError):
        course.learners_folder.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(noted), indent=2) + b"\n"
    return notes.write(course.learners_folder, FILE, content)
