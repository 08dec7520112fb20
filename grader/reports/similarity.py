"""The records of answers that share code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from grader.source_text import SourceText

# Pairs with a smaller share are not listed. The course's own independent solutions stay below it.
LEAST_SHARE = 0.5


class LineRange(NamedTuple):
    """Lines of a text, from the first to the last, counted from 1."""

    first: int
    last: int


@dataclass(frozen=True)
class SimilarText:
    """One answer of a pair: its learner, its text, and the lines that the other answer shares."""

    learner: str
    source: SourceText
    matching: tuple[LineRange, ...]

    @property
    def lines(self) -> int:
        """The number of lines that the other answer shares, without empty ones."""
        rows = self.source.text.split("\n")
        return sum(bool(row.strip()) for first, last in self.matching for row in rows[first - 1 : last])


@dataclass(frozen=True)
class SimilarPair:
    """Two answers to one exercise, and the share of the smaller one's own fingerprints that both have."""

    exercise: str
    one: SimilarText
    other: SimilarText
    shared: float

    @property
    def lines(self) -> int:
        """The number of shared lines, counted in the answer that has fewer of them."""
        return min(self.one.lines, self.other.lines)


class Uncompared(NamedTuple):
    """An answer that has no syntax tree, so that it can't be compared."""

    exercise: str
    learner: str


@dataclass(frozen=True)
class SimilarAnswers:
    """The pairs, the largest share first, the number of answers compared, and the answers left out."""

    pairs: tuple[SimilarPair, ...]
    compared: int
    left_out: tuple[Uncompared, ...]
