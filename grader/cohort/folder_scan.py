"""Find the submissions in a folder. Each one is read just before it is graded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from grader.course import Course
from grader.errors import GraderError, UsageError, legible_name
from grader.report_model import Learner
from grader.submission.discovery import LEFTOVERS, SUFFIXES, SubmissionText, read_submission

LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


def learner_of(name: str) -> str:
    """Return the learner of an entry: the name of the folder, or of the file without its suffix."""
    return next((name.removesuffix(one) for one in SUFFIXES if name.endswith(one)), name)


class TextSource(Protocol):
    """Where the texts of one submission come from."""

    def read(self, course: Course, wanted: tuple[str, ...]) -> SubmissionText:
        """Return the submission's texts. Raise an error if they can't be read."""


@dataclass(frozen=True)
class OnDisk:
    """A submission that is a folder or a file."""

    path: Path

    def read(self, course: Course, wanted: tuple[str, ...]) -> SubmissionText:
        """Return the submission's texts. A link is an error."""
        if self.path.is_symlink():
            raise UsageError(
                "linked-submission",
                found="this is a link",
                where=str(self.path),
                expected="the submission itself: a link may lead to another learner's files",
                remedy="replace the link with the folder or the file",
            )
        return read_submission(self.path, course, wanted)


@dataclass(frozen=True)
class CohortEntry:
    """A submission of the cohort: its name in the folder, and the name of its report file.

    `arrived` is when it was handed in, or None if that isn't known. `late` is the platform's word.
    `members` are the names of its files in a platform's download. `back` counts from the learner's last
    attempt, which is 0; all attempts have the same `unit`.
    """

    name: str
    slug: str
    learner: Learner
    source: TextSource
    arrived: datetime | None = None
    late: bool = False
    members: tuple[str, ...] = ()
    back: int = 0
    unit: str = ""

    @property
    def key(self) -> str:
        """What all attempts of a learner share."""
        return self.unit or self.name

    def read(self, course: Course, wanted: tuple[str, ...]) -> SubmissionText:
        """Return the submission's texts. Raise an error if they can't be read."""
        return self.source.read(course, wanted)


@dataclass(frozen=True)
class FolderEntries:
    """The submissions of a folder, sorted by name, and the names of all other entries."""

    entries: list[CohortEntry]
    others: list[str]


def search(folder: Path, *, out: Path) -> FolderEntries:
    """Return the submissions of a folder. Ignore hidden entries and the folder of the reports."""
    kept = out.resolve()
    if kept == folder.resolve():
        raise _reports_among_submissions(folder)
    try:
        paths = sorted(path for path in folder.iterdir() if not _is_passed_over(path, kept))
    except OSError as error:
        raise _nothing(folder, f"this isn't a readable folder: {error.strerror}") from None
    submissions = [path for path in paths if _is_one(path)]
    others = [legible_name(path.name) for path in paths if not _is_one(path)]
    return FolderEntries(list(_named(submissions)), others)


def _is_passed_over(path: Path, out: Path) -> bool:
    holds_the_reports = not path.is_symlink() and out.is_relative_to(path.resolve())
    return path.name.startswith(".") or path.name in LEFTOVERS or holds_the_reports


def _is_one(path: Path) -> bool:
    return path.suffix in SUFFIXES or path.is_dir() or path.is_symlink()


def _named(paths: Iterable[Path]) -> Iterator[CohortEntry]:
    slug_of = FileNames()
    for path in paths:
        name = legible_name(path.name)
        yield CohortEntry(name, slug_of(path.name), Learner(id=learner_of(name)), OnDisk(path))


class FileNames:
    """Gives each submission a unique file name, even if the file system ignores case."""

    def __init__(self) -> None:
        """Start with no names."""
        self._taken: set[str] = set()

    def __call__(self, name: str) -> str:
        """Return the file name for a submission of this name."""
        slug = legible_name(name)
        if not _PLAIN.fullmatch(slug) or len(slug) > LONGEST or slug.casefold() in self._taken:
            slug = self._own(name)
        self._taken.add(slug.casefold())
        return slug

    def _own(self, name: str) -> str:
        """Return a name with a digest. A learner may name a folder like the report of another learner."""
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:LONGEST].lstrip("._-")
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape"))
        while f"{plain}-{digest.hexdigest()[:12]}".casefold() in self._taken:
            digest.update(b"again")
        return f"{plain}-{digest.hexdigest()[:12]}"


def _nothing(folder: Path, found: str) -> GraderError:
    return UsageError(
        "no-cohort",
        found=found,
        where=str(folder),
        expected="a folder with one submission per entry: a learner's folder or one file",
        remedy="give the folder where you unpacked the platform's download",
    )


def _reports_among_submissions(folder: Path) -> GraderError:
    return UsageError(
        "reports-among-submissions",
        found="the reports would be mixed with the submissions",
        where=f"--json-dir {folder}",
        expected="a separate folder for the reports",
        remedy="choose another folder with --json-dir, or omit --json-dir",
    )
