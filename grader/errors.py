"""What the grader says when it can't go on: what was found, where, what was expected, what to do."""

from __future__ import annotations

import difflib
import errno
import traceback
from collections.abc import Iterable

# What a machine is short of, as the system says it.
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
    """The grader could not do its work; `grade` ends with exit code 3."""

    exit_code = 3

    def __init__(self, slug: str, *, found: str, where: str, expected: str, remedy: str) -> None:
        """Keep the four parts apart, so that every caller shows them alike."""
        super().__init__(found)
        self.slug = slug
        # Both may hold a stranger's words, such as the name of a file.
        self.found = legible(found)
        self.where = legible(where)
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        """Read as a compiler's message: value first, remedy last."""
        return (
            f"error[{self.slug}]: {self.found}\n"
            f"  where:    {self.where}\n"
            f"  expected: {self.expected}\n"
            f"  remedy:   {self.remedy}"
        )


class UsageError(GraderError):
    """What was asked for can't be done as it was asked; exit code 2."""

    exit_code = 2


def unexpected(error: Exception) -> GraderError:
    """Return what to say of an exception that nobody foresaw: a machine short of something, or a defect."""
    if isinstance(error, GraderError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else "nobody knows where"
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in SHORT):
        what = "no memory" if isinstance(error, MemoryError) else error.strerror
        return GraderError(
            "no-room",
            found=f"this machine is short of something: {what}",
            where=where,
            expected="room for some files, open files, processes and memory",
            remedy="raise that limit (`ulimit -a` shows them), or end what fills it, and run again",
        )
    return GraderError(
        "internal",
        found=f"{type(error).__name__}: {error}"[:TAIL],
        where=where,
        expected="a grader without this defect",
        remedy="report it with these four lines and the submission",
    )


def legible(text: str) -> str:
    """Return a text that every terminal and every file can take: lines of printable signs.

    A file's name may hold bytes that are no text, and commands to a terminal.
    """
    return "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in text.replace("\t", "    "))


def legible_name(name: str) -> str:
    """Return a name on one line."""
    return legible(name.replace("\n", "\ufffd"))


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean `x`?" for the nearest known word, or the other remedy."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else otherwise
