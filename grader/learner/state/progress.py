"""A learner's progress: the latest verdict of each exercise, stored in the learner's own folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from grader.course import Course
from grader.learner.state import state_files
from grader.report_model import ExerciseResult, Record, Verdict
from grader.submission.discovery import SubmittedFile, answers

FILE = "progress.json"


class Reached(Record, frozen=True):
    """The verdict on one version of an answer."""

    sha256: str
    status: Verdict
    score: float
    max_score: float


class Progress(Record, frozen=True):
    """The content of `.grader/progress.json` (format 1)."""

    format: Literal[1]
    exercises: dict[str, Reached]


@dataclass(frozen=True)
class Standing:
    """The progress in one exercise: the file, and the verdict on its current content."""

    filename: str | None
    reached: Reached | None

    @property
    def started(self) -> bool:
        """Whether the learner has a file for the exercise."""
        return self.filename is not None

    @property
    def met(self) -> bool:
        """Whether all tests are met."""
        return self.reached is not None and self.reached.status == "met"

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: all tests that this copy of the course can run are met."""
        reached = self.reached
        return reached is not None and 0 < reached.max_score == reached.score and reached.status != "not met"


def remember(
    course: Course, submission: Path, files: Iterable[SubmittedFile], results: Iterable[ExerciseResult]
) -> None:
    """Store the results of a run if it graded the learner's own folder.

    Never write to another folder. A failed write causes no error.
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
    state_files.write(folder, FILE, content + b"\n")


def whole(course: Course, judged: Mapping[str, float]) -> float:
    """Return the maximum score of the course. `judged` has the maximum score of each graded exercise.

    If an exercise was graded on one device only, the points for another device don't count.
    """
    return sum(
        max(one.points, judged[one.id]) if one.id in judged else course.points(one)
        for one in course.exercises.values()
    )


def standings(course: Course) -> Mapping[str, Standing]:
    """Return the learner's progress in each exercise of the course."""
    folder = course.learners_folder
    noted, files = _read(folder), answers(folder, course)
    return {name: _standing(files.get(name), noted.get(name)) for name in course.exercises}


def _standing(file: SubmittedFile | None, reached: Reached | None) -> Standing:
    if file is None:
        return Standing(filename=None, reached=None)
    as_it_is = reached is not None and reached.sha256 == _digest(file)
    return Standing(filename=file.source.filename, reached=reached if as_it_is else None)


def is_learners(submission: Path, course: Course) -> bool:
    """Return whether a submission is the learner's own folder or a file in it."""
    folder = submission if submission.is_dir() else submission.parent
    try:
        return folder.samefile(course.learners_folder)
    except OSError:
        return False


def _read(folder: Path) -> dict[str, Reached]:
    try:
        return msgspec.json.decode(state_files.read(folder, FILE), type=Progress).exercises
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _digest(file: SubmittedFile) -> str:
    return hashlib.sha256(file.judged).hexdigest()
