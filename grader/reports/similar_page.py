"""The HTML page of answers that share code: each pair with both texts and the matching lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from grader.errors import legible, legible_name
from grader.reports import pages
from grader.reports.similarity import (
    LEAST_SHARE,
    LineRange,
    SimilarAnswers,
    SimilarPair,
    SimilarText,
    Uncompared,
)
from grader.source_text import SourceText

# More would make the page too large for a browser.
MOST_TEXTS = 100
MOST_PAIRS = 2000
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class ShownLine:
    """A line of an answer, the name of its place, and whether the other answer shares it."""

    place: str
    text: str
    matches: bool


@dataclass(frozen=True)
class ShownText:
    """One side of a pair: the learner, the file, the names of the matching lines, and the text."""

    name: str
    filename: str
    matching: str
    rows: list[ShownLine]
    is_cut: bool


@dataclass(frozen=True)
class ShownPair:
    """A pair with its share in per cent, and its texts if they are shown."""

    exercise: str
    names: tuple[str, str]
    percent: int
    lines: int
    texts: list[ShownText]


def page(found: SimilarAnswers, names: Mapping[str, str], title: str) -> str:
    """Return the page. `names` has the names to show, by learner.

    Only the first MOST_TEXTS pairs show their texts.
    """
    shown = [
        _pair(pair, names, with_texts=number < MOST_TEXTS)
        for number, pair in enumerate(found.pairs[:MOST_PAIRS])
    ]
    return pages.template("similar.html").render(
        title=title,
        found=found,
        pairs=shown[:MOST_TEXTS],
        further=shown[MOST_TEXTS:],
        unshown=len(found.pairs) - len(shown),
        left_out=_by_exercise(found.left_out, names),
        least=int(100 * LEAST_SHARE),
        style=pages.style("report.css", "similar.css"),
    )


def _pair(pair: SimilarPair, names: Mapping[str, str], *, with_texts: bool) -> ShownPair:
    sides = (pair.one, pair.other)
    one, other = (_name(side.learner, names) for side in sides)
    texts = [_text(side, names) for side in sides] if with_texts else []
    # Rounded down: only equal code is 100 per cent.
    return ShownPair(pair.exercise, (one, other), int(100 * pair.shared), pair.lines, texts)


def _text(side: SimilarText, names: Mapping[str, str]) -> ShownText:
    source = side.source
    matching = {line for first, last in side.matching for line in range(first, last + 1)}
    rows = [
        ShownLine(_place(source, number), legible(line), number in matching)
        for number, line in enumerate(source.text[:LONGEST_TEXT].removesuffix("\n").split("\n"), 1)
    ]
    return ShownText(
        _name(side.learner, names),
        legible_name(source.filename),
        ", ".join(_range(source, lines) for lines in side.matching),
        rows,
        len(source.text) > LONGEST_TEXT,
    )


def _place(source: SourceText, line: int) -> str:
    """Return a line's number. In a notebook, the number of the cell stands before it."""
    cell, number = source.place(line)
    return str(number) if cell is None else f"{cell}:{number}"


def _range(source: SourceText, lines: LineRange) -> str:
    first, last = (_place(source, line) for line in lines)
    return first if first == last else f"{first} to {last}"


def _by_exercise(left_out: Iterable[Uncompared], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (exercise, ", ".join(_name(one.learner, names) for one in found))
        for exercise, found in groupby(left_out, key=lambda one: one.exercise)
    ]


def _name(learner: str, names: Mapping[str, str]) -> str:
    return legible_name(names.get(learner, learner))
