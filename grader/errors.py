"""Errors of the grader. Each says what was found and expected, where it was, and what to do."""

from __future__ import annotations

import difflib
import errno
import traceback
from collections.abc import Iterable

# System errors that mean: this machine has too little of something.
SHORT = {
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EAGAIN,
}
TAIL = 2000


class GraderError(Exception):
    """The grader could not do its work. `grade` ends with exit code 3."""

    exit_code = 3

    def __init__(self, slug: str, *, found: str, where: str, expected: str, remedy: str) -> None:
        """Store the four parts separately, so that every caller shows them in the same way."""
        super().__init__(found)
        self.slug = slug
        # Both may contain foreign text, such as a file name.
        self.found = legible(found)
        self.where = legible(where)
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        """Format the error like a compiler message: the problem first, the remedy last."""
        return (
            f"error[{self.slug}]: {self.found}\n"
            f"  where:    {self.where}\n"
            f"  expected: {self.expected}\n"
            f"  remedy:   {self.remedy}"
        )


class UsageError(GraderError):
    """The command can't be run as given. Exit code 2."""

    exit_code = 2


def unexpected(error: Exception) -> GraderError:
    """Return the error for an unexpected exception: the machine lacks something, or the grader has a bug."""
    if isinstance(error, GraderError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else "unknown place"
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in SHORT):
        what = "no memory" if isinstance(error, MemoryError) else error.strerror
        return GraderError(
            "no-room",
            found=f"this machine has run out of a resource: {what}",
            where=where,
            expected="enough free disk space, open files, processes and memory",
            remedy="raise that limit (`ulimit -a` shows the limits) or free what is in use. Then run again",
        )
    return GraderError(
        "internal",
        found=f"{type(error).__name__}: {error}"[:TAIL],
        where=where,
        expected="no bug in the grader",
        remedy="report this bug. Send these four lines and the submission",
    )


def legible(text: str) -> str:
    """Return lines of printable characters, safe for every terminal and file.

    A file name may contain undecodable bytes and terminal commands.
    """
    return "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in text.replace("\t", "    "))


def legible_name(name: str) -> str:
    """Return a readable name on one line."""
    return legible(name.replace("\n", "\ufffd"))


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean `x`?" for the nearest known word, else the other remedy."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else otherwise
