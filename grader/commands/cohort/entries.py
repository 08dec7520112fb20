"""What a folder of submissions holds: an entry for each, which is read when its turn comes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.sandbox.sources import SubmissionText, read_submission

SUFFIXES = (".py", ".ipynb")
LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


@dataclass(frozen=True)
class Entry:
    """A submission of the cohort: what it is called, where it lies, and what its report's file is called."""

    name: str
    path: Path
    slug: str

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


def entries(folder: Path, *, but: Path | None = None) -> list[Entry]:
    """Return the submissions of a folder in the order of their names; what is hidden is none of them."""
    try:
        found = sorted(path for path in folder.iterdir() if _is_one(path) and path != but)
    except OSError as error:
        raise _nothing(folder, f"no folder that can be read: {error.strerror}") from None
    if not found:
        raise _nothing(folder, "no folder, and no file that ends in .py or .ipynb")
    return list(_named(found))


def _is_one(path: Path) -> bool:
    if path.name.startswith((".", "__")):
        return False
    return path.suffix in SUFFIXES or path.is_dir() or path.is_symlink()


def _named(paths: Iterable[Path]) -> Iterator[Entry]:
    """Give each a file name that is its own also where capitals don't count."""
    taken: set[str] = set()
    for path in paths:
        name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        slug = name
        if not _PLAIN.fullmatch(name) or len(name) > LONGEST or name.casefold() in taken:
            digest = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
            slug = f"{re.sub(r'[^A-Za-z0-9._-]+', '-', name)[:LONGEST].lstrip('.-')}-{digest}"
        taken.add(slug.casefold())
        yield Entry(name, path, slug)


def _nothing(folder: Path, found: str) -> GraderError:
    return UsageError(
        "no-cohort",
        found=found,
        where=str(folder),
        expected="a folder in which each entry is a submission: a learner's folder, or one file",
        remedy="name the folder that the platform's download was unpacked into",
    )
