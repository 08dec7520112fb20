"""What a learner has reached: the latest verdict of each exercise, kept in the learner's own folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from grader.commands.state import notes
from grader.course import Course
from grader.report_model import ExerciseResult, Record, Verdict
from grader.submission.discovery import SubmittedFile, answers

FILE = "progress.json"


class Reached(Record, frozen=True):
    """The verdict on one text of an exercise."""

    sha256: str
    status: Verdict
    score: float
    max_score: float


class Progress(Record, frozen=True):
    """What `.grader/progress.json` holds (format 1)."""

    format: Literal[1]
    exercises: dict[str, Reached]


@dataclass(frozen=True)
class Standing:
    """Where a learner stands in one exercise: in which file, and what it reached as it is now."""

    filename: str | None
    reached: Reached | None

    @property
    def started(self) -> bool:
        """Whether there is a file for it."""
        return self.filename is not None

    @property
    def met(self) -> bool:
        """Whether all of it is met."""
        return self.reached is not None and self.reached.status == "met"

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here: all that this copy of the course can judge is met."""
        reached = self.reached
        return reached is not None and 0 < reached.max_score == reached.score and reached.status != "not met"


def remember(
    course: Course, submission: Path, files: Iterable[SubmittedFile], results: Iterable[ExerciseResult]
) -> None:
    """Note what a run found, when it judged the learner's own folder.

    Nobody else's folder is ever written to, and a note that can't be written is no reason to fail.
    """
    folder = submission if submission.is_dir() else submission.parent
    if not is_learners(submission, course):
        return
    noted = dict(_read(folder))
    for file, result in zip(files, results, strict=True):
        noted[file.exercise] = Reached(
            sha256=_digest(file),
            status=result.status,
            score=result.score,
            max_score=result.max_score,
        )
    content = msgspec.json.format(msgspec.json.encode(Progress(format=1, exercises=noted)), indent=2)
    notes.write(folder, FILE, content + b"\n")


def whole(course: Course, judged: Mapping[str, float]) -> float:
    """Return what the course is worth; `judged` are the exercises that were judged, and out of how much.

    Where no further device was, its points don't count.
    """
    return sum(
        max(one.points, judged[one.id]) if one.id in judged else course.points(one)
        for one in course.exercises.values()
    )


def standings(course: Course) -> Mapping[str, Standing]:
    """Return where the learner stands in each exercise of the course."""
    folder = course.learners_folder
    noted, files = _read(folder), answers(folder, course)
    return {name: _standing(files.get(name), noted.get(name)) for name in course.exercises}


def _standing(file: SubmittedFile | None, reached: Reached | None) -> Standing:
    if file is None:
        return Standing(filename=None, reached=None)
    as_it_is = reached is not None and reached.sha256 == _digest(file)
    return Standing(filename=file.source.filename, reached=reached if as_it_is else None)


def is_learners(submission: Path, course: Course) -> bool:
    """Say whether a submission is the learner's own folder, or a file in it."""
    folder = submission if submission.is_dir() else submission.parent
    try:
        return folder.samefile(course.learners_folder)
    except OSError:
        return False


def _read(folder: Path) -> dict[str, Reached]:
    try:
        return msgspec.json.decode(notes.read(folder, FILE), type=Progress).exercises
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _digest(file: SubmittedFile) -> str:
    return hashlib.sha256(file.judged).hexdigest()
