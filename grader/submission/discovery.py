"""Finds which files of a submission answer which exercise. Files are read as text and never imported."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError, UsageError, legible_name
from grader.source_text import SourceText
from grader.submission import files, notebook, syntax

PYTHON = ".py"
SUFFIXES = (PYTHON, notebook.SUFFIX)
# Folders that an archive or Python leaves behind.
LEFTOVERS = {"__MACOSX", "__pycache__"}
# Where many repositories keep their code.
SOURCE = "src"
# How many levels of a single folder in a single folder are opened.
DEEPEST = 3
MOST_FILES = 200
MOST_NAMED = 3
_ADDED = re.compile(r"(\s*\(\d+\)|[-_\s]+copy\d*)+$")


@dataclass(frozen=True)
class SubmittedFile:
    """One file of a submission, used as the answer to one exercise.

    If no file can be read, `trouble` is the reason, and `handed_in` is true if a file exists.
    """

    exercise: str
    source: SourceText
    trouble: str = ""
    handed_in: bool = True

    @property
    def judged(self) -> bytes:
        """The bytes that a verdict depends on: the text and its division into cells."""
        source = self.source
        divided = f"\0{source.starts}" if source.starts else ""
        return (source.text + divided + self.trouble).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class SubmissionText:
    """The submission to grade: its name as given, its files, and their digest."""

    name: str
    files: tuple[SubmittedFile, ...]
    # Other files, which are not graded, each with the reason.
    unread: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the graded texts."""
        digest = hashlib.sha256()
        for file in self.files:
            text = file.judged
            digest.update(f"{file.exercise}\0{len(text)}\0".encode())
            digest.update(text)
        return digest.hexdigest()


def read_submission(
    path: Path, course: Course, wanted: Iterable[str] = (), *, may_be_empty: bool = False
) -> SubmissionText:
    """Return the files of a submission, each with its exercise.

    A folder without an answer is an error. With `may_be_empty`, it means that nothing was handed in.
    """
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
            remedy="`grade start EXERCISE` creates a folder with a stub",
        )
    if is_folder:
        asked = names or list(course.settings.required)
        text = _from_folder(path, course, asked, may_be_empty=may_be_empty)
        return dataclasses.replace(text, name=legible_name(str(path)))
    return SubmissionText(legible_name(str(path)), tuple(_from_file(path, course, names)))


def answers(folder: Path, course: Course) -> dict[str, SubmittedFile]:
    """Return the readable files of a folder, by exercise."""
    with contextlib.suppress(GraderError):
        found = _from_folder(folder, course, [])
        return {file.exercise: file for file in found.files if not file.trouble}
    return {}


def _from_folder(
    folder: Path, course: Course, names: list[str], *, may_be_empty: bool = False
) -> SubmissionText:
    """Return the files of a folder. An unreadable or missing file affects only its own exercise."""
    wanted = names or [*course.exercises, *course.broken]
    folder = _where(folder, course)
    found: dict[str, SubmittedFile] = {}
    for name in wanted:
        if paths := _named(folder, name):
            found[name] = _or_trouble(paths, course.exercise(name).id)
    unread = _among_others(folder, course, wanted, found)
    if not found and not (names and may_be_empty):
        raise _no_answer(folder, course, names, unread)
    for name in names:
        if name not in found:
            seen = f"; there is {', '.join(unread[:MOST_NAMED])}" if unread else ""
            said = f"not handed in: there is no `{name}.py` or `{name}.ipynb`{seen}"
            found[name] = SubmittedFile(
                name, SourceText("", f"{name}{PYTHON}"), trouble=said, handed_in=False
            )
    files = tuple(found[name] for name in wanted if name in found)
    return SubmissionText(legible_name(str(folder)), files, tuple(unread))


def _where(folder: Path, course: Course) -> Path:
    """Return the folder with the answers: this one, or below it the learner's, `src`, or the only one."""
    for _ in range(DEEPEST):
        entries = [path for path in _entries(folder) if not path.is_symlink()]
        if any(path.suffix in SUFFIXES for path in entries):
            break
        learners = folder / course.settings.submission
        folders = [path for path in entries if path.is_dir()]
        if not learners.is_symlink() and learners.is_dir():
            folder = learners
        elif folder / SOURCE in folders:
            folder /= SOURCE
        elif len(folders) == 1:
            folder = folders[0]
        else:
            break
    return folder


def _entries(folder: Path) -> list[Path]:
    """Return a folder's entries, except those that archives, editors and Python leave behind."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(
            "unreadable-folder",
            found=f"a folder that can't be read ({error.strerror})",
            where=str(folder),
            expected="a learner's folder, and permission to read it",
            remedy=f"run `chmod u+rx {folder}`, or run the grader as its owner",
        ) from None
    return [path for path in paths if not path.name.startswith(".") and path.name not in LEFTOVERS]


def _no_answer(folder: Path, course: Course, names: list[str], unread: list[str]) -> UsageError:
    """Return the error for a folder without an answer to the requested exercises."""
    seen = f"; there is {', '.join(unread[:MOST_NAMED])}" if unread else ""
    if names:
        wanted = f"no `{names[0]}.py`, no `{names[0]}.ipynb`, and no file that defines its functions"
        return UsageError(
            "no-answer",
            found=wanted + seen,
            where=str(folder),
            expected=f"an answer to {' or '.join(names)}",
            remedy=f"`grade start {names[0]}` creates one",
        )
    return UsageError(
        "empty-submission",
        found="no file that is named after an exercise, and none that defines an exercise's functions" + seen,
        where=str(folder),
        expected=f"one of {', '.join(f'{name}.py' for name in course.exercises)}, or the same with .ipynb",
        remedy="`grade start EXERCISE` creates one; `grade list` shows the exercises",
    )


def _named(folder: Path, name: str) -> list[Path]:
    """Return the files named after an exercise. There may be both a Python file and a notebook."""
    paths = (folder / f"{name}{suffix}" for suffix in SUFFIXES)
    return [path for path in paths if os.path.lexists(path)]


def _or_trouble(paths: list[Path], exercise: str) -> SubmittedFile:
    """Return the file that answers an exercise, or the reason why it can't be graded."""
    name = legible_name(paths[0].name)
    try:
        if len(paths) > 1:
            raise _two_answers(exercise, *paths[:2])
        return _read(paths[0], exercise)
    except GraderError as error:
        what = error.found if len(paths) > 1 else f"`{name}` can't be read: {error.found}"
        return SubmittedFile(exercise, SourceText("", name), trouble=f"{what}; {error.remedy}")


def _among_others(
    folder: Path, course: Course, wanted: list[str], found: dict[str, SubmittedFile]
) -> list[str]:
    """Add files that have a nearly correct name or define an exercise's functions.

    Return the files that answer no exercise, each with the reason.
    """
    known = {*course.exercises, *course.broken}
    answers: dict[str, list[Path]] = {}
    unread: list[str] = []
    for path in _entries(folder)[:MOST_FILES]:
        if path.suffix not in SUFFIXES or path.stem in known:
            continue
        name = legible_name(path.name)
        if (nearly := _plain(path.stem)) in known:
            names = [nearly]
        else:
            try:
                names = _by_functions(_read(path, path.stem), course)
            except GraderError as error:
                unread.append(f"`{name}` ({error.found})")
                continue
        answered = [one for one in names if one in wanted]
        for one in answered:
            if one not in found:
                answers.setdefault(one, []).append(path)
        if not answered:
            unread.append(f"`{name}` ({_why_not(path.stem, names, course)})")
        elif all(one in found for one in answered):
            unread.append(f"`{name}` (`{found[answered[0]].source.filename}` is the answer to {answered[0]})")
    for exercise, paths in answers.items():
        found[exercise] = _or_trouble(paths, exercise)
    return unread


def _plain(stem: str) -> str:
    """Return a file's name in the style of exercise names: `toeplitz_1d` for `Toeplitz-1D (1)`."""
    return re.sub(r"[-\s]+", "_", _ADDED.sub("", stem.casefold()).strip())


def _why_not(stem: str, names: list[str], course: Course) -> str:
    """Return why a file doesn't answer any requested exercise."""
    if names:
        return f"it answers {' and '.join(names)}, which was not requested"
    near = difflib.get_close_matches(_plain(stem), course.exercises, n=1)
    meant = f"; did you mean `{near[0]}{PYTHON}`?" if near else ""
    return f"not named after an exercise, and it defines no exercise's functions{meant}"


def _two_answers(exercise: str, one: Path, other: Path) -> UsageError:
    return UsageError(
        "two-answers",
        found=f"both `{one.name}` and `{other.name}` answer {exercise}",
        where=str(one.parent),
        expected="one answer to each exercise",
        remedy="remove one of the two, or name the one to grade: `grade run FILE`",
    )


def _from_file(path: Path, course: Course, names: list[str]) -> list[SubmittedFile]:
    if path.suffix not in SUFFIXES:
        raise UsageError(
            "not-python",
            found=f"`{path.name}`",
            where=str(path.parent),
            expected="a folder, or a file that ends in .py or .ipynb",
            remedy="name the Python file or the notebook",
        )
    file = _read(path, path.stem)
    if not names and (nearly := _plain(path.stem)) in course.exercises:
        names = [nearly]
    if not (names := names or _by_functions(file, course)):
        raise UsageError(
            "unknown-answer",
            found=f"`{path.name}` is not named after an exercise and defines no exercise's functions",
            where=str(path),
            expected="a file like toeplitz_1d.py, or one that defines an exercise's functions",
            remedy="name its exercise with --exercise",
        )
    return [dataclasses.replace(file, exercise=name) for name in names]


def _by_functions(file: SubmittedFile, course: Course) -> list[str]:
    """Return the exercises whose functions are all defined in a text."""
    defined = syntax.functions_in(file.source.text)
    return [one.id for one in course.exercises.values() if set(one.functions) <= defined.keys()]


def _read(path: Path, exercise: str) -> SubmittedFile:
    if path.suffix == notebook.SUFFIX:
        source, starts = notebook.read(path)
        return SubmittedFile(exercise, SourceText(source, legible_name(path.name), starts))
    return SubmittedFile(exercise, SourceText(files.read_text(path), legible_name(path.name)))
