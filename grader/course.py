"""A course: a folder with settings and exercises, in the order in which they build on each other."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

import msgspec

from grader.course_settings import CourseSettings, is_course, read_course_settings
from grader.errors import GraderError, UsageError, suggestion
from grader.exercises import KILLERS, Exercise, ExerciseFile

# Files that no score depends on, and the name for files that belong to no exercise.
NO_SCORE = {KILLERS, "README.md"}
SHARED = ""


@dataclass(frozen=True)
class Course:
    """A folder with `[tool.grader]` in its pyproject.toml, and the exercises in it."""

    root: Path
    settings: CourseSettings
    exercises: Mapping[str, Exercise] = field(hash=False)
    # An error in one exercise must not stop the others.
    broken: Mapping[str, GraderError] = field(hash=False, default_factory=dict)

    def exercise(self, name: str, *, where: str = "the command line") -> Exercise:
        """Return the exercise with that name. If it is broken or unknown, raise an error.

        An error about an unknown name suggests the name that was probably meant. Hyphens also work
        instead of underscores, because platforms use them in addresses.
        """
        if name not in self.exercises and name.replace("-", "_") in {*self.exercises, *self.broken}:
            name = name.replace("-", "_")
        if name in self.exercises:
            return self.exercises[name]
        if name in self.broken:
            raise self.broken[name]
        raise UsageError(
            "unknown-exercise",
            found=f"this course has no exercise `{name}`",
            where=where,
            expected=f"one of {', '.join(self.exercises)}",
            remedy=suggestion(name, self.exercises, "`grade list` shows them all"),
        )

    @property
    def learners_folder(self) -> Path:
        """The folder for the learner's answers in this copy of the course."""
        return self.root / self.settings.submission

    def worth_of_device(self, exercise: Exercise) -> float:
        """Return the points of the property `device`, rounded.

        Points below 1 are rounded to hundredths, others to whole points.
        """
        share = self.settings.device_points * exercise.points
        return round(share, 2) if share < 1 else float(math.floor(share + 0.5))

    def points(self, exercise: Exercise) -> float:
        """Return the points of an exercise that is also graded on another device."""
        further = self.worth_of_device(exercise) if exercise.is_tried_elsewhere else 0.0
        return exercise.points + further

    def chapter_title(self, chapter: int) -> str:
        """Return a chapter's title, or its number if the settings have no title for it."""
        titles = self.settings.chapters
        return titles[chapter - 1] if 0 < chapter <= len(titles) else f"Chapter {chapter}"

    def by_chapter(self) -> Iterator[tuple[int, list[Exercise]]]:
        """Yield each chapter with its exercises in order."""
        for chapter, exercises in groupby(self.exercises.values(), key=lambda one: one.settings.chapter):
            yield chapter, list(exercises)

    @cached_property
    def sha256(self) -> str:
        """The digest of the whole course."""
        return self.digest([*self.exercises, *self.broken])

    def digest(self, exercises: Iterable[str]) -> str:
        """Return the digest of everything that a score of these exercises depends on.

        These are their own files and references, the shared files of the reference, the points of `device`,
        and the submission's seconds. Statements are left out, because they don't affect the score.
        """
        settings = f"device_points\0{self.settings.device_points}\0{self.settings.submission_seconds}\0"
        digest = hashlib.sha256(settings.encode())
        for name in (SHARED, *sorted({*exercises})):
            digest.update(f"{name}\0{self._digests.get(name, '')}\0".encode())
        return digest.hexdigest()

    @cached_property
    def _digests(self) -> dict[str, str]:
        """The digests of each exercise's files, and of the files that belong to no exercise."""
        digests = {name: hashlib.sha256() for name in (SHARED, *self.exercises, *self.broken)}
        for name in (self.settings.exercises, self.settings.reference):
            folder = self.root / name
            for path in sorted(_files(folder)):
                if path.name in NO_SCORE:
                    continue
                content, relative = path.read_bytes(), path.relative_to(folder)
                digest = digests.get(relative.parts[0], digests[SHARED])
                digest.update(f"{name}\0{relative.as_posix()}\0{len(content)}\0".encode())
                digest.update(content)
        return {name: digest.hexdigest() for name, digest in digests.items()}


def find_course(
    start: Path | None = None, *, course: Path | None = None, may_be_empty: bool = False
) -> Course:
    """Return the named course, or else the nearest one in `start` or the folders above it."""
    if course is not None:
        return load_course(course.absolute(), may_be_empty=may_be_empty)
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if is_course(folder):
            return load_course(folder, may_be_empty=may_be_empty)
    raise UsageError(
        "no-course",
        found="no course",
        where=f"{here} and the folders above it",
        expected="a pyproject.toml with a table [tool.grader]",
        remedy="change into a course's folder, or name it with --course",
    )


def load_course(root: Path, *, may_be_empty: bool = False) -> Course:
    """Read a course: its settings and each of its exercises."""
    # Resolved once, because pytest also uses the resolved path of a file.
    root = root.resolve()
    settings = read_course_settings(root)
    folder = root / settings.exercises
    if may_be_empty and not folder.exists():
        return Course(root, settings, {})
    if not folder.is_dir():
        raise GraderError(
            "no-exercises",
            found=f"no folder `{settings.exercises}`",
            where=str(root),
            expected="a folder with one folder per exercise",
            remedy="run `grade new ID` to create it, or set `exercises` under [tool.grader]",
        )
    found: list[Exercise] = []
    broken: dict[str, GraderError] = {}
    for entry in sorted(folder.iterdir()):
        if _is_exercise(entry):
            try:
                found.append(_load_exercise(root, settings, entry))
            except GraderError as error:
                broken[entry.name] = error
    ordered = _in_order(found, broken)
    course = Course(root, settings, {exercise.id: exercise for exercise in ordered}, broken)
    _check_assignments(course)
    return course


def _check_assignments(course: Course) -> None:
    """Raise an error if an assignment names an exercise that the course doesn't have."""
    assignments = course.settings.assignments
    named = [("assignment", name) for name in course.settings.required]
    for key, one in assignments.items():
        named += [(f"assignment.{key}", name) for name in (*one.exercises, *one.weights)]
    for where, name in named:
        if name not in course.exercises and name not in course.broken:
            raise GraderError(
                "course-settings",
                found=f"[tool.grader]: `{where}` names `{name}`, which is not an exercise",
                where=str(course.root / "pyproject.toml"),
                expected=f"some of {', '.join(course.exercises)}",
                remedy=suggestion(name, course.exercises, "remove the name"),
            )


def _is_exercise(entry: Path) -> bool:
    return entry.is_dir() and not entry.name.startswith((".", "__"))


def _load_exercise(root: Path, settings: CourseSettings, folder: Path) -> Exercise:
    path = folder / "exercise.toml"
    try:
        values = msgspec.toml.decode(path.read_bytes(), type=ExerciseFile)
    except OSError:
        raise GraderError(
            "exercise-files",
            found=f"exercise `{folder.name}` has no exercise.toml",
            where=str(folder),
            expected="exercise.toml, README.md, the stub and the tests in the folder of every exercise",
            remedy="write the file (see another exercise for an example), or remove the folder",
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GraderError(
            "exercise-toml",
            found=str(error),
            where=str(path),
            expected=f"the keys {', '.join(ExerciseFile.__struct_fields__)}",
            remedy="fix that key",
        ) from None
    return Exercise(folder.name, folder, root / settings.reference / folder.name, values)


def _in_order(exercises: list[Exercise], broken: dict[str, GraderError]) -> list[Exercise]:
    """Sort by chapter. Within a chapter, each exercise comes after those that it builds on.

    An exercise that can't be placed is added to the broken ones.
    """
    known = {exercise.id: exercise for exercise in exercises}
    ordered: dict[str, Exercise] = {}

    def place(exercise: Exercise, path: tuple[str, ...]) -> None:
        if exercise.id in path:
            raise GraderError(
                "exercise-order",
                found=f"`after` forms a cycle: {' -> '.join((*path, exercise.id))}",
                where=str(exercise.folder / "exercise.toml"),
                expected="an order in which each exercise comes after those in its `after`",
                remedy="remove one name from an `after`",
            )
        for name in exercise.settings.after:
            if name in known and name not in broken:
                place(known[name], (*path, exercise.id))
            elif name not in broken:
                raise GraderError(
                    "exercise-order",
                    found=f"`after` names `{name}`, which is not an exercise",
                    where=str(exercise.folder / "exercise.toml"),
                    expected=f"one of {', '.join(known)}",
                    remedy=suggestion(name, known, "remove the name"),
                )
        ordered.setdefault(exercise.id, exercise)

    for exercise in sorted(exercises, key=lambda e: (e.settings.chapter, e.settings.difficulty, e.id)):
        try:
            place(exercise, ())
        except GraderError as error:
            broken[exercise.id] = error
    good = [exercise for exercise in ordered.values() if exercise.id not in broken]
    return sorted(good, key=lambda e: e.settings.chapter)


def _files(folder: Path) -> Iterator[Path]:
    for directory, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith((".", "__pycache__"))]
        yield from (Path(directory) / file for file in files if not file.endswith(".pyc"))
