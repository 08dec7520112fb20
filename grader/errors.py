"""What the grader says when it can't go on: what was found, where, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GraderError(Exception):
    """The grader could not do its work; `grade` ends with exit code 3."""

    exit_code = 3

    def __init__(self, slug: str, *, found: str, where: str, expected: str, remedy: str) -> None:
        """Keep the four parts apart, so that every caller shows them alike."""
        super().__init__(found)
        self.slug = slug
        self.found = found
        self.where = where
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


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean `x`?" for the nearest known word, or the other remedy."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else otherwise
