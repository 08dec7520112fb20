"""What a folder of submissions holds: an entry for each, which is read when its turn comes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError, UsageError, legible_name
from grader.submission.discovery import LEFTOVERS, SUFFIXES, SubmissionText, read_submission

LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


def learner_of(name: str) -> str:
    """Return who handed an entry in: a folder, or a file without its ending, is named after them."""
    return next((name.removesuffix(one) for one in SUFFIXES if name.endswith(one)), name)


@dataclass(frozen=True)
class CohortEntry:
    """A submission of the cohort: what it is called, where it lies, and what its report's file is called."""

    name: str
    path: Path
    slug: str

    @property
    def learner(self) -> str:
        """Who handed it in."""
        return learner_of(self.name)

    def read(self, course: Course, wanted: tuple[str, ...]) -> SubmissionText:
        """Return its texts, or raise the reason why there are none."""
        if self.path.is_symlink():
            raise UsageError(
                "linked-submission",
                found="a link to somewhere else",
                where=str(self.path),
                expected="the submission itself: what a link leads to may be another learner's",
                remedy="put the folder or the file there",
            )
        return read_submission(self.path, course, wanted)


@dataclass(frozen=True)
class Found:
    """The submissions of a folder in the order of their names, and the names of what is none of them."""

    entries: list[CohortEntry]
    others: list[str]


def search(folder: Path, *, out: Path) -> Found:
    """Return what a folder holds; what is hidden, and where the reports go, is not even named."""
    kept = out.resolve()
    if kept == folder.resolve():
        raise _reports_among_submissions(folder)
    try:
        paths = sorted(path for path in folder.iterdir() if not _is_passed_over(path, kept))
    except OSError as error:
        raise _nothing(folder, f"no folder that can be read: {error.strerror}") from None
    submissions = [path for path in paths if _is_one(path)]
    if not submissions:
        raise _nothing(folder, "no folder, and no file that ends in .py or .ipynb")
    others = [legible_name(path.name) for path in paths if not _is_one(path)]
    return Found(list(_named(submissions)), others)


def _is_passed_over(path: Path, out: Path) -> bool:
    holds_the_reports = not path.is_symlink() and out.is_relative_to(path.resolve())
    return path.name.startswith(".") or path.name in LEFTOVERS or holds_the_reports


def _is_one(path: Path) -> bool:
    return path.suffix in SUFFIXES or path.is_dir() or path.is_symlink()


def _named(paths: Iterable[Path]) -> Iterator[CohortEntry]:
    """Give each a file name that is its own also where capitals don't count."""
    taken: set[str] = set()
    for path in paths:
        name = slug = legible_name(path.name)
        if not _PLAIN.fullmatch(name) or len(name) > LONGEST or name.casefold() in taken:
            slug = _own(path, taken)
        taken.add(slug.casefold())
        yield CohortEntry(name, path, slug)


def _own(path: Path, taken: set[str]) -> str:
    """Return a file name that is nobody else's: learners may name a folder after another one's report."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", path.name)[:LONGEST].lstrip(".-")
    digest = hashlib.sha256(path.name.encode("utf-8", "surrogateescape"))
    while f"{plain}-{digest.hexdigest()[:12]}".casefold() in taken:
        digest.update(b"again")
    return f"{plain}-{digest.hexdigest()[:12]}"


def _nothing(folder: Path, found: str) -> GraderError:
    return UsageError(
        "no-cohort",
        found=found,
        where=str(folder),
        expected="a folder in which each entry is a submission: a learner's folder, or one file",
        remedy="name the folder that the platform's download was unpacked into",
    )


def _reports_among_submissions(folder: Path) -> GraderError:
    return UsageError(
        "reports-among-submissions",
        found="the reports would lie among the submissions",
        where=f"--json-dir {folder}",
        expected="a folder of their own",
        remedy="name another place with --json-dir, or leave it out",
    )
