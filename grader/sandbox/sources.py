"""Reading a submission as text: regular files only, never through a link, and nothing of it is imported."""

from __future__ import annotations

import ast
import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.exercises import functions_of

MAX_SOURCE = 256 << 10


@dataclass(frozen=True)
class SubmittedFile:
    """One file of a submission, taken for one exercise."""

    exercise: str
    source: str
    filename: str


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
            text = file.source.encode("utf-8", "surrogatepass")
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
            expected="a learner's folder, or one of its .py files",
            remedy="`grade start EXERCISE` makes a folder with a stub to begin from",
        )
    found = _from_folder(path, course, names) if is_folder else _from_file(path, course, names)
    return SubmissionText(str(path), tuple(found))


def _from_folder(folder: Path, course: Course, names: list[str]) -> list[SubmittedFile]:
    found = []
    for name in names or (*course.exercises, *course.broken):
        path = folder / f"{name}.py"
        if os.path.lexists(path):
            course.exercise(name)
            found.append(SubmittedFile(name, read_source(path), path.name))
        elif names:
            raise UsageError(
                "no-answer",
                found=f"no `{name}.py`",
                where=str(folder),
                expected="a file named after the exercise",
                remedy=f"`grade start {name}` writes one to begin from",
            )
    if not found:
        raise UsageError(
            "empty-submission",
            found="no file that is named after an exercise",
            where=str(folder),
            expected=f"one of {', '.join(f'{name}.py' for name in course.exercises)}",
            remedy="`grade start EXERCISE` writes one to begin from; `grade list` shows the exercises",
        )
    return found


def _from_file(path: Path, course: Course, names: list[str]) -> list[SubmittedFile]:
    if path.suffix != ".py":
        raise UsageError(
            "not-python",
            found=f"`{path.name}`",
            where=str(path.parent),
            expected="a folder, or a file that ends in .py",
            remedy="name the Python file, or export the notebook with `jupyter nbconvert --to script`",
        )
    source = read_source(path)
    if not names:
        names = [path.stem] if path.stem in course.exercises else _by_functions(source, course)
    if not names:
        raise UsageError(
            "unknown-answer",
            found=f"`{path.name}` is named after no exercise and defines no exercise's functions",
            where=str(path),
            expected="a file like toeplitz_1d.py, or one that defines what an exercise asks for",
            remedy="say which exercise it answers with --exercise",
        )
    return [SubmittedFile(name, source, path.name) for name in names]


def _by_functions(source: str, course: Course) -> list[str]:
    """Return the exercises of which a text defines every function."""
    tree = parse(source)
    defined = {function.name for function in functions_of(tree)} if tree else set()
    return [exercise.id for exercise in course.exercises.values() if set(exercise.functions) <= defined]


def parse(source: str) -> ast.Module | None:
    """Return a text's syntax tree, or None where it has none."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def read_source(path: Path) -> str:
    """Return the text of a regular file of at most 256 KiB, decoded as Python would."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        found = (
            "a symbolic link"
            if error.errno == errno.ELOOP
            else f"a file that can't be opened ({error.strerror})"
        )
        raise _unreadable(path, found) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _unreadable(path, "something that is no regular file")
    with open(descriptor, "rb") as file:  # noqa: PTH123 - the descriptor was opened with flags of its own
        content = file.read(MAX_SOURCE + 1)
    if len(content) > MAX_SOURCE:
        raise _unreadable(path, f"more than {MAX_SOURCE >> 10} KiB of source")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _unreadable(path, f"a byte that is not UTF-8 (at {error.start})") from None


def _unreadable(path: Path, found: str) -> GraderError:
    return UsageError(
        "unreadable-submission",
        found=found,
        where=str(path),
        expected=f"a regular file of UTF-8 text, at most {MAX_SOURCE >> 10} KiB",
        remedy="put the Python file itself there",
    )
