"""Which files of a submission answer which exercise; they are read as text, and nothing of it is imported."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError, UsageError, legible_name
from grader.sandbox import files, notebooks, syntax
from grader.sandbox.cells import Written

PYTHON = ".py"


@dataclass(frozen=True)
class SubmittedFile:
    """One file of a submission, taken for one exercise; of a notebook, the line on which each cell begins."""

    exercise: str
    source: str
    filename: str
    cells: tuple[int, ...] = ()

    @property
    def written(self) -> Written:
        """The text, and where the cells of a notebook begin in it."""
        return Written(self.source, self.cells)

    @property
    def judged(self) -> bytes:
        """What a verdict depends on: the text, and where it is divided."""
        divided = f"\0{self.cells}" if self.cells else ""
        return (self.source + divided).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class SubmissionText:
    """What is judged: the submission's name as given, its files, and their digest."""

    name: str
    files: tuple[SubmittedFile, ...]

    @property
    def sha256(self) -> str:
        """The digest of the texts that are judged."""
        digest = hashlib.sha256()
        for file in self.files:
            text = file.judged
            digest.update(f"{file.exercise}\0{len(text)}\0".encode())
            digest.update(text)
        return digest.hexdigest()


def read_submission(path: Path, course: Course, wanted: Iterable[str] = ()) -> SubmissionText:
    """Return the files of a submission, each with the exercise that it is taken for."""
    names = [course.exercise(name, where="--exercise").id for name in wanted]
    try:
        is_folder = path.is_dir()
        is_there = is_folder or path.exists() or path.is_symlink()
    except OSError:
        is_there = is_folder = False
    if not is_there:
        raise UsageError(
            "no-submission",
            found=f"no file or folder `{path}`",
            where="SUBMISSION",
            expected="a learner's folder, or a file that ends in .py or .ipynb",
            remedy="`grade start EXERCISE` makes a folder with a stub to begin from",
        )
    found = _from_folder(path, course, names) if is_folder else _from_file(path, course, names)
    return SubmissionText(legible_name(str(path)), tuple(found))


def answers(folder: Path, course: Course) -> dict[str, SubmittedFile]:
    """Return what a folder holds so far, by exercise; what can't be read is left out."""
    try:
        found = _from_folder(folder, course, [])
    except GraderError:
        found = []
        for name in course.exercises:
            with contextlib.suppress(GraderError):
                found += _from_folder(folder, course, [name])
    return {file.exercise: file for file in found}


def _from_folder(folder: Path, course: Course, names: list[str]) -> list[SubmittedFile]:
    wanted = names or [*course.exercises, *course.broken]
    found = {name: _read(path, course.exercise(name).id) for name in wanted if (path := _named(folder, name))}
    if missing := [name for name in wanted if name not in found]:
        found |= _among_notebooks(folder, course, missing)
    for name in names:
        if name not in found:
            raise UsageError(
                "no-answer",
                found=f"neither `{name}.py` nor `{name}.ipynb`, nor a notebook that defines its functions",
                where=str(folder),
                expected="an answer to the exercise",
                remedy=f"`grade start {name}` writes one to begin from",
            )
    if not found:
        raise UsageError(
            "empty-submission",
            found="no file that is named after an exercise, and no notebook that answers one",
            where=str(folder),
            expected=f"one of {', '.join(f'{name}.py' for name in course.exercises)}, or .ipynb in its place",
            remedy="`grade start EXERCISE` writes one to begin from; `grade list` shows the exercises",
        )
    return [found[name] for name in wanted if name in found]


def _named(folder: Path, name: str) -> Path | None:
    """Return the file that answers an exercise by its name, if there is one."""
    paths = [folder / f"{name}{suffix}" for suffix in (PYTHON, notebooks.SUFFIX)]
    paths = [path for path in paths if os.path.lexists(path)]
    if len(paths) > 1:
        raise _two_answers(name, *paths)
    return paths[0] if paths else None


def _among_notebooks(folder: Path, course: Course, missing: list[str]) -> dict[str, SubmittedFile]:
    """Return what the notebooks of other names define of what is missing."""
    known = {*course.exercises, *course.broken}
    found: dict[str, SubmittedFile] = {}
    for path in sorted(folder.glob(f"*{notebooks.SUFFIX}")):
        if path.stem in known or path.name.startswith("."):
            continue
        file = _read(path, path.stem)
        for name in _by_functions(file, course):
            if name in found:
                raise _two_answers(name, folder / found[name].filename, path)
            if name in missing:
                found[name] = dataclasses.replace(file, exercise=name)
    return found


def _two_answers(exercise: str, one: Path, other: Path) -> UsageError:
    return UsageError(
        "two-answers",
        found=f"both `{one.name}` and `{other.name}` answer {exercise}",
        where=str(one.parent),
        expected="one answer to each exercise",
        remedy="move one of the two away, or name the one to judge: `grade run FILE`",
    )


def _from_file(path: Path, course: Course, names: list[str]) -> list[SubmittedFile]:
    if path.suffix not in {PYTHON, notebooks.SUFFIX}:
        raise UsageError(
            "not-python",
            found=f"`{path.name}`",
            where=str(path.parent),
            expected="a folder, or a file that ends in .py or .ipynb",
            remedy="name the Python file or the notebook",
        )
    file = _read(path, path.stem)
    if not names and path.stem in course.exercises:
        names = [path.stem]
    if not (names := names or _by_functions(file, course)):
        raise UsageError(
            "unknown-answer",
            found=f"`{path.name}` is named after no exercise and defines no exercise's functions",
            where=str(path),
            expected="a file like toeplitz_1d.py, or one that defines what an exercise asks for",
            remedy="say which exercise it answers with --exercise",
        )
    return [dataclasses.replace(file, exercise=name) for name in names]


def _by_functions(file: SubmittedFile, course: Course) -> list[str]:
    """Return the exercises of which a text defines every function."""
    defined = syntax.names_in(file.source, file.cells)
    return [exercise.id for exercise in course.exercises.values() if set(exercise.functions) <= defined]


def _read(path: Path, exercise: str) -> SubmittedFile:
    if path.suffix == notebooks.SUFFIX:
        source, starts = notebooks.read(path)
        return SubmittedFile(exercise, source, legible_name(path.name), starts)
    return SubmittedFile(exercise, files.read_text(path), legible_name(path.name))
